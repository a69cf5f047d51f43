import { Text, Title } from '@mantine/core';
import { QueryCache, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import type { Call, Credential } from '#contract/client.ts';
import { getPortal, getSession } from '#contract/routes/portal.ts';
import { ApiProblem, client } from '../shared/api.ts';
import { CallProvider } from '../shared/calls.tsx';
import { useLive } from '../shared/live.ts';
import { LiveMark } from '../shared/live-mark.tsx';
import { ProblemBox } from '../shared/problem.tsx';
import { keys, newQueryClient } from '../shared/queries.ts';
import { Waiting } from '../shared/waiting.tsx';
import { GoLink } from './go-link.tsx';
import { PortalContext, type Visit } from './visit.ts';
import { placeOf, usePath, type Place } from './place.ts';
import { endSession, forgetLink, takeLink, useCredential } from './session.ts';

const ClosedShop = lazy(() =>
  import('./pages/closed-shop.tsx').then((page) => ({ default: page.ClosedShop })),
);
const SignIn = lazy(() => import('./pages/sign-in.tsx').then((page) => ({ default: page.SignIn })));
const Requests = lazy(() => import('./pages/requests.tsx').then((page) => ({ default: page.Requests })));
const NewRequest = lazy(() =>
  import('./pages/new-request.tsx').then((page) => ({ default: page.NewRequest })),
);
const Details = lazy(() => import('./pages/details.tsx').then((page) => ({ default: page.Details })));
const VendorRequest = lazy(() =>
  import('./pages/vendor-request.tsx').then((page) => ({ default: page.VendorRequest })),
);
const VendorOrder = lazy(() =>
  import('./pages/vendor-order.tsx').then((page) => ({ default: page.VendorOrder })),
);
const Order = lazy(() => import('./pages/order.tsx').then((page) => ({ default: page.Order })));

export function Portal() {
  const place = placeOf(usePath());
  if (place.page === 'nowhere') return <Nowhere />;
  if (place.page === 'order') takeLink(place.jobId, 'link');
  if (place.page === 'vendor') takeLink(place.jobId, 'vendor');
  if (place.page === 'vendor-order') takeLink(place.orderId, 'vendor');
  return <Door place={place} />;
}

type ShopPlace = Exclude<Place, { page: 'nowhere' }>;

/** Chooses who speaks. Another caller gets another cache, so that nothing of one is ever shown to the other. */
function Door({ place }: { place: ShopPlace }) {
  const jobId = 'jobId' in place ? place.jobId : undefined;
  const credential = useCredential(
    place.slug,
    place.page === 'vendor-order' ? place.orderId : jobId,
    isVendors(place) ? 'vendor' : 'link',
  );
  const secret =
    'secret' in credential ? credential.secret : credential.kind === 'customer' ? credential.token : '';
  const { call, queries } = useMemo(
    () => ({
      call: client({ credential: () => credentialOf(credential.kind, secret) }),
      queries: newQueryClient(
        new QueryCache({
          onError: (error) => {
            if (!(error instanceof ApiProblem) || error.code !== 'unauthenticated') return;
            if (credential.kind === 'link' && jobId) forgetLink(jobId);
            if (credential.kind === 'customer') endSession(place.slug);
          },
        }),
      ),
    }),
    [credential.kind, secret, jobId, place.slug],
  );
  return (
    <QueryClientProvider client={queries}>
      <CallProvider call={call}>
        <Shell key={secret} place={place} kind={credential.kind} call={call} />
      </CallProvider>
    </QueryClientProvider>
  );
}

function credentialOf(kind: Credential['kind'], secret: string): Credential {
  if (kind === 'link' || kind === 'vendor') return { kind, secret };
  return kind === 'customer' ? { kind, token: secret } : { kind: 'none' };
}

function Shell({ place, kind, call }: { place: ShopPlace; kind: Credential['kind']; call: Call }) {
  const { slug } = place;
  const signedIn = kind === 'customer' || kind === 'link';
  const queries = useQueryClient();
  const portal = useQuery({
    queryKey: keys.portal(slug),
    queryFn: () => call(getPortal, { params: { slug } }),
    staleTime: 60_000,
  });
  const session = useQuery({
    queryKey: keys.session,
    queryFn: () => call(getSession, {}),
    enabled: signedIn,
    staleTime: 60_000,
  });
  useLive(call, queries, session.data !== undefined);

  if (portal.error instanceof ApiProblem && portal.error.code === 'not_found') return <Nowhere />;
  const visit: Visit | undefined = portal.data && {
    slug,
    shop: portal.data,
    byLink: kind === 'link',
    ...(session.data ? { customer: session.data.customer } : {}),
  };
  return (
    <div className="portal">
      <title>{portal.data?.name ?? 'Customer portal'}</title>
      <header className="portal-head">
        <span className="portal-name">{portal.data?.name ?? ' '}</span>
        {session.data && (
          <nav aria-label="Main" className="portal-nav">
            <GoLink to={`/p/${slug}`}>
              {kind === 'link' ? 'Sign in for all your requests' : 'Requests'}
            </GoLink>
            {kind === 'customer' && <GoLink to={`/p/${slug}/details`}>Your details</GoLink>}
          </nav>
        )}
      </header>
      <main className="page portal-page">
        <ProblemBox error={portal.error ?? session.error} onRetry={() => void queries.invalidateQueries()} />
        {!visit && portal.isPending && <Waiting heights={[40, 200]} />}
        {visit && (
          <PortalContext value={visit}>
            <Suspense fallback={<Waiting heights={[40, 200]} />}>
              {isVendors(place) ? (
                kind === 'vendor' ? (
                  <VendorPage place={place} />
                ) : (
                  <LinkNeeded />
                )
              ) : signedIn ? (
                <Page place={place} />
              ) : portal.data?.closed ? (
                <ClosedShop />
              ) : (
                <SignIn />
              )}
            </Suspense>
          </PortalContext>
        )}
      </main>
      <footer className="footer">
        <span>
          {session.data?.customer.email} {session.data && <LiveMark />}
        </span>
        <span>
          {kind === 'customer' && (
            <button type="button" className="link-button" onClick={() => endSession(slug)}>
              Sign out
            </button>
          )}{' '}
          Made with Kerf
        </span>
      </footer>
    </div>
  );
}

type VendorPlace = Extract<ShopPlace, { page: 'vendor' | 'vendor-order' }>;
const isVendors = (place: ShopPlace): place is VendorPlace =>
  place.page === 'vendor' || place.page === 'vendor-order';

const VendorPage = ({ place }: { place: VendorPlace }) =>
  place.page === 'vendor' ? <VendorRequest jobId={place.jobId} /> : <VendorOrder orderId={place.orderId} />;

function Page({ place }: { place: Exclude<ShopPlace, VendorPlace> }) {
  switch (place.page) {
    case 'requests':
      return <Requests />;
    case 'new':
      return <NewRequest />;
    case 'details':
      return <Details />;
    case 'order':
      return <Order key={place.jobId} jobId={place.jobId} />;
  }
}

const LinkNeeded = () => (
  <>
    <h1>Open the link in your mail</h1>
    <p>This page is opened by the link in the newest mail about the request.</p>
  </>
);

function Nowhere() {
  return (
    <main className="narrow">
      <title>Nothing here</title>
      <Title order={1} size="h2" mb="sm">
        Nothing here
      </Title>
      <Text>Check the address: it should be the one the shop gave you.</Text>
    </main>
  );
}

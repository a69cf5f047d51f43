import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet, useRouter } from '@tanstack/react-router';
import { Button } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { getMe, getShop } from '#contract/routes/shops.ts';
import { useCall } from '../shared/calls.tsx';
import { useLive } from '../shared/live.ts';
import { ApiProblem } from '../shared/api.ts';
import type { OutOf } from '#contract/route.ts';
import { LiveMark } from '../shared/live-mark.tsx';
import { ProblemBox } from '../shared/problem.tsx';
import { keys } from '../shared/queries.ts';
import { ZoneContext } from '../shared/time.tsx';
import { Waiting } from '../shared/waiting.tsx';
import { OfficeContext, type Office } from './office.ts';
import { Rail } from './rail.tsx';
import { chooseShop, chosenShop, endSession, useSignedIn } from './session.ts';
import { VisitBar } from './visit-bar.tsx';
import { useVisit, type Visit } from './visit.ts';

/** Everything behind the sign-in: who works here, in which shop, the rail and the live line. */
export function OfficeLayout() {
  const signedIn = useSignedIn();
  const router = useRouter();
  const queries = useQueryClient();
  const call = useCall();
  const visit = useVisit();
  const me = useQuery({
    queryKey: keys.me,
    queryFn: () => call(getMe, {}),
    enabled: signedIn && !visit,
    staleTime: 60_000,
  });

  const shops = visit ? visited(visit) : me.data?.shops;
  const membership = visit
    ? shops?.[0]
    : (shops?.find(({ shopId }) => shopId === chosenShop()) ?? shops?.[0]);
  const shopId = membership?.shopId;
  if (shopId && !visit && chosenShop() !== shopId) chooseShop(shopId);
  const shop = useQuery({
    queryKey: [...keys.shop, shopId],
    queryFn: () => call(getShop, {}),
    enabled: signedIn && shopId !== undefined,
    staleTime: 60_000,
  });
  useLive(call, queries, signedIn && !visit && shop.data !== undefined);
  useEffect(() => {
    if (signedIn) return;
    queries.clear();
    // The guard of the routes remembers the page. A redirect of our own would be rendered again on the way there, and remember that.
    void router.invalidate();
  }, [signedIn, queries, router]);

  const office = useMemo<Office | undefined>(
    () => (shop.data && membership && shops ? { shop: shop.data, role: membership.role, shops } : undefined),
    [shop.data, membership, shops],
  );

  if (!signedIn) return null;
  if (shops?.length === 0) return <Navigate to="/open-shop" />;
  const error = me.error ?? shop.error;
  // Those who run Kerf belong to no shop.
  if (!visit && me.error instanceof ApiProblem && me.error.code === 'wrong_role')
    return <Navigate to="/console" />;
  /** Whoever leaves on purpose is not led back here: the next one to sign in may work elsewhere. */
  const signOut = () => {
    endSession();
    void router.navigate({ to: '/sign-in' });
  };

  return (
    <div className="office">
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Rail role={office?.role} />
      <div className="office-body">
        {visit && <VisitBar visit={visit} />}
        <main id="content" className="page">
          {office?.shop.suspension && (
            <div role="status" className="problem tone-red standing-note">
              <p>
                <b>Kerf has suspended this shop.</b> {office.shop.suspension.reason} The owner can read and
                export everything; nothing can be changed. Write to Kerf to settle it.
              </p>
            </div>
          )}
          {office ? (
            <OfficeContext value={office}>
              <ZoneContext value={office.shop.timeZone}>
                <Outlet />
              </ZoneContext>
            </OfficeContext>
          ) : error ? (
            <ProblemBox error={error} onRetry={() => void queries.invalidateQueries()} />
          ) : (
            <Waiting heights={[40, 200, 200]} />
          )}
        </main>
        <footer className="footer">
          <span>
            {office?.shop.name} <LiveMark />
          </span>
          <Button size="compact-sm" variant="subtle" onClick={signOut}>
            Sign out
          </Button>
        </footer>
      </div>
    </div>
  );
}

/** Support works as an admin of the one shop it visits. */
const visited = ({ shopId, shopName }: Visit): OutOf<typeof getMe>['shops'] => [
  { shopId, name: shopName, slug: '', role: 'admin' },
];

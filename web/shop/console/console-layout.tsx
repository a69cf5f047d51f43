import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { getOperator } from '#contract/routes/console.ts';
import { CallProvider } from '../../shared/calls.tsx';
import { Icon } from '../../shared/icons.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { endSession, operatorCall, useSignedIn } from '../session.ts';

/** Everything for those who run Kerf; whoever else comes here reads that it is not for them. */
export function ConsoleLayout() {
  const signedIn = useSignedIn();
  const router = useRouter();
  const queries = useQueryClient();
  const me = useQuery({
    queryKey: keys.operator,
    queryFn: () => operatorCall(getOperator, {}),
    enabled: signedIn,
    staleTime: 60_000,
  });
  useEffect(() => {
    if (signedIn) return;
    queries.clear();
    void router.invalidate();
  }, [signedIn, queries, router]);
  if (!signedIn) return null;
  const signOut = () => {
    endSession();
    void router.navigate({ to: '/sign-in' });
  };
  return (
    <CallProvider call={operatorCall}>
      <div className="office">
        <a className="skip" href="#content">
          Skip to the content
        </a>
        <header className="rail">
          <span className="brand">Kerf console</span>
          <nav aria-label="Main">
            <Link to="/console" activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
              <Icon name="search" size={18} />
              Shops
            </Link>
            <Link to="/console/troubles" activeProps={{ 'aria-current': 'page' }}>
              <Icon name="warning" size={18} />
              Troubles
            </Link>
          </nav>
        </header>
        <div className="office-body">
          <main id="content" className="page">
            {me.data ? (
              <Outlet />
            ) : me.error ? (
              <ProblemBox error={me.error} onRetry={() => void me.refetch()} />
            ) : (
              <Waiting heights={[40, 200]} />
            )}
          </main>
          <footer className="footer">
            <span>{me.data?.name}</span>
            <Button size="compact-sm" variant="subtle" onClick={signOut}>
              Sign out
            </Button>
          </footer>
        </div>
      </div>
    </CallProvider>
  );
}

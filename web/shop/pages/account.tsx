import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getUsage, listSupportEntries } from '#contract/routes/account.ts';
import { useCall } from '../../shared/calls.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { SupportList } from '../account/support-list.tsx';
import { UsageCard } from '../account/usage-card.tsx';
import { mayCall, useOffice } from '../office.ts';
import { NotYours } from '../settings/not-yours.tsx';
import { SettingsSubpage } from '../settings/settings-page.tsx';

/** What the shop uses of its plan, and what Kerf's people did about it. */
export function AccountPage() {
  const { role } = useOffice();
  const call = useCall();
  const usage = useQuery({
    queryKey: keys.usage,
    queryFn: () => call(getUsage, {}),
    enabled: mayCall(role, getUsage),
  });
  const support = useQuery({
    queryKey: keys.support,
    queryFn: () => call(listSupportEntries, {}),
    enabled: mayCall(role, listSupportEntries),
  });
  return (
    <SettingsSubpage title="Plan and usage">
      {!mayCall(role, getUsage) ? (
        <NotYours />
      ) : (
        <Stack>
          <ProblemBox error={usage.error} onRetry={() => void usage.refetch()} />
          {usage.data ? <UsageCard usage={usage.data} /> : usage.isPending && <Waiting heights={[240]} />}
          {mayCall(role, listSupportEntries) && (
            <section className="card">
              <h2>Kerf support</h2>
              <Text mb="sm" size="sm" c="dimmed">
                Who of Kerf was here or changed how the shop stands, why, and what was changed. Payments and
                credentials are closed to them.
              </Text>
              <ProblemBox error={support.error} onRetry={() => void support.refetch()} />
              {support.data && <SupportList entries={support.data.entries} />}
            </section>
          )}
        </Stack>
      )}
    </SettingsSubpage>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getAccount, openJobCheckout } from '#contract/routes/money.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { InvoicePayments } from '../../shared/invoice-payments.tsx';
import { pollEvery } from '../../shared/live.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { useVisit } from '../visit.ts';
import { KeepCard, KeptCardPayment } from './kept-card.tsx';

/** Before there is an invoice: the deposit, or all of it. Nothing where nothing is to be paid yet. */
export function PayAhead({ job }: { job: JobView }) {
  const { slug, byLink } = useVisit();
  const [keep, setKeep] = useState(false);
  const call = useCall();
  const account = useQuery({
    queryKey: keys.account(job.id),
    queryFn: () => call(getAccount, { params: { jobId: job.id } }),
    refetchInterval: () => pollEvery(false),
  });
  const pay = useAction(openJobCheckout, ({ url }) => location.assign(url));
  const { data } = account;
  if (account.error && !data)
    return <ProblemBox error={account.error} onRetry={() => void account.refetch()} />;
  if (!data || (data.receivedMinor === 0 && (data.dueBeforeProductionMinor === 0 || data.payableMinor === 0)))
    return null;
  const { currency, dueBeforeProductionMinor: due, payableMinor: open } = data;
  const start = (part: 'deposit' | 'all') =>
    pay.run({
      params: { jobId: job.id },
      body: { part, returnPath: `/p/${slug}/job/${job.id}`, keepMethod: keep },
    });
  return (
    <section className={due > 0 ? 'card ask' : 'card'}>
      <h2>{due > 0 ? 'Deposit' : 'Payments'}</h2>
      <Stack>
        {due > 0 && (
          <Text>
            {money(due, currency)} is to be paid before the work begins
            {open > due && `; the rest of ${money(open - due, currency)} follows with the invoice`}.
          </Text>
        )}
        {data.receivedMinor > 0 && (
          <Text>
            {money(data.spareMinor, currency)} has been paid and counts for the invoice.
            {data.overpaidMinor > 0 && ` ${money(data.overpaidMinor, currency)} of it is yours to get back.`}
          </Text>
        )}
        <InvoicePayments payments={data.payments} />
        {due > 0 && !data.online && <Text>The shop takes no online payments. Ask it how to pay.</Text>}
        {due > 0 && data.online && (
          <>
            <KeptCardPayment job={job} amountMinor={due} currency={currency} />
            <ProblemBox error={pay.error} />
            {!byLink && <KeepCard checked={keep} onChange={setKeep} />}
            <Group>
              <Button loading={pay.isPending} onClick={() => start('deposit')}>
                Pay {money(due, currency)}
              </Button>
              {open > due && (
                <Button variant="default" loading={pay.isPending} onClick={() => start('all')}>
                  Pay all {money(open, currency)}
                </Button>
              )}
            </Group>
          </>
        )}
      </Stack>
    </section>
  );
}

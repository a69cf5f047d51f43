import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getInvoice, openCheckout } from '#contract/routes/billing.ts';
import type { JobView } from '#contract/views/job.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { money } from '../../shared/format.ts';
import { InvoicePayments } from '../../shared/invoice-payments.tsx';
import { InvoiceTable } from '../../shared/invoice-table.tsx';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { useVisit } from '../visit.ts';
import { KeepCard, KeptCardPayment } from './kept-card.tsx';

const leftKey = (invoiceId: string) => `kerf.paying.${invoiceId}`;
const pollMs = 3000;

/** The invoice; while it is open, the one thing asked for. */
export function Invoice({ job, invoiceId }: { job: JobView; invoiceId: string }) {
  const { slug, byLink } = useVisit();
  const [keep, setKeep] = useState(false);
  const call = useCall();
  const returned = sessionStorage.getItem(leftKey(invoiceId)) !== null;
  const query = useQuery({
    queryKey: keys.invoice(job.id, invoiceId),
    queryFn: () => call(getInvoice, { params: { invoiceId } }),
    refetchInterval: ({ state }) => (returned && state.data?.state === 'open' ? pollMs : false),
  });
  const pay = useAction(openCheckout, ({ url }) => {
    sessionStorage.setItem(leftKey(invoiceId), 'yes');
    location.assign(url);
  });
  const invoice = query.data;
  if (query.error && !invoice) return <ProblemBox error={query.error} onRetry={() => void query.refetch()} />;
  if (!invoice) return <Waiting heights={[160]} />;
  const open = invoice.state === 'open';
  const back = `/p/${slug}/job/${job.id}`;
  return (
    <section className={open ? 'card ask' : 'card'}>
      <h2>{open ? `Pay invoice ${invoice.number}` : `Invoice ${invoice.number}`}</h2>
      <Stack>
        <InvoiceTable invoice={invoice} />
        <InvoicePayments payments={invoice.payments} />
        {open ? (
          <>
            {returned && (
              <Text size="sm" role="status">
                If you have just paid, it shows here in a moment.
              </Text>
            )}
            {invoice.dueAt && (
              <Text size="sm" c="dimmed">
                To be paid by <Day at={invoice.dueAt} />
              </Text>
            )}
            <KeptCardPayment job={job} amountMinor={invoice.owedMinor} currency={invoice.currency} />
            <ProblemBox error={pay.error} />
            {!byLink && <KeepCard checked={keep} onChange={setKeep} />}
            <Group>
              <Button
                loading={pay.isPending}
                onClick={() =>
                  pay.run({ params: { invoiceId }, body: { returnPath: back, keepMethod: keep } })
                }
              >
                Pay {money(invoice.owedMinor, invoice.currency)}
              </Button>
              <Text size="sm" c="dimmed">
                You pay the shop directly, on the payment provider’s page.
              </Text>
            </Group>
          </>
        ) : (
          <Text>
            {invoice.state === 'credited' ? (
              'This invoice was credited in full: nothing is to be paid.'
            ) : (
              <>Paid {invoice.paidAt && <Day at={invoice.paidAt} />}. Thank you.</>
            )}
          </Text>
        )}
      </Stack>
    </section>
  );
}

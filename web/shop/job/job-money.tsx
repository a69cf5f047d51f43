import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  addAdjustment,
  chargeStoredMethod,
  getAccount,
  recordPayment,
  refundPayment,
  reversePayment,
  type AccountView,
} from '#contract/routes/money.ts';
import type { JobView } from '#contract/views/job.ts';
import { useCall } from '../../shared/calls.tsx';
import { Dialog } from '../../shared/dialog.tsx';
import { money } from '../../shared/format.ts';
import { pollEvery } from '../../shared/live.ts';
import { paymentWords, refundWords } from '../../shared/payment-words.ts';
import { ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Day } from '../../shared/time.tsx';
import { Waiting } from '../../shared/waiting.tsx';
import { mayCall, useOffice } from '../office.ts';
import { AdjustmentForm, ChargeForm, RecordPaymentForm, RefundForm, ReverseForm } from './money-forms.tsx';

type Payment = AccountView['payments'][number];
type Asking = { what: 'record' | 'adjust' | 'charge' } | { what: 'refund' | 'reverse'; payment: Payment };

/** Where the job stands with its money, and what can be done about it. */
export function JobMoney({ job }: { job: JobView }) {
  const { role } = useOffice();
  const call = useCall();
  const [asking, setAsking] = useState<Asking>();
  const account = useQuery({
    queryKey: keys.account(job.id),
    queryFn: () => call(getAccount, { params: { jobId: job.id } }),
    enabled: mayCall(role, getAccount),
    refetchInterval: () => pollEvery(false),
  });
  if (!mayCall(role, getAccount)) return null;
  const { data } = account;
  const canceled = job.status.startsWith('canceled');
  const close = () => setAsking(undefined);
  return (
    <section className="card">
      <h2>Money</h2>
      {account.isPending && <Waiting heights={[80]} />}
      <ProblemBox error={account.error} onRetry={() => void account.refetch()} />
      {data && (
        <Stack>
          <Figures account={data} />
          <Adjustments account={data} />
          <Movements account={data} ask={(what, payment) => setAsking({ what, payment })} />
          <Group>
            {mayCall(role, recordPayment) && !canceled && (
              <Button variant="default" onClick={() => setAsking({ what: 'record' })}>
                Record a payment
              </Button>
            )}
            {mayCall(role, chargeStoredMethod) && data.keptCard && data.payableMinor > 0 && (
              <Button variant="default" onClick={() => setAsking({ what: 'charge' })}>
                Charge the kept card
              </Button>
            )}
            {mayCall(role, addAdjustment) && job.agreedAt && data.invoices.length === 0 && !canceled && (
              <Button variant="default" onClick={() => setAsking({ what: 'adjust' })}>
                Add a line to the agreed price
              </Button>
            )}
          </Group>
          {asking && (
            <Dialog title={titles[asking.what]} onClose={close}>
              {asking.what === 'record' && <RecordPaymentForm job={job} account={data} onClose={close} />}
              {asking.what === 'adjust' && <AdjustmentForm job={job} account={data} onClose={close} />}
              {asking.what === 'charge' && <ChargeForm job={job} account={data} onClose={close} />}
              {asking.what === 'refund' && (
                <RefundForm job={job} account={data} payment={asking.payment} onClose={close} />
              )}
              {asking.what === 'reverse' && (
                <ReverseForm job={job} account={data} payment={asking.payment} onClose={close} />
              )}
            </Dialog>
          )}
        </Stack>
      )}
    </section>
  );
}

const titles: Record<Asking['what'], string> = {
  record: 'Record a payment',
  adjust: 'Add a line to the agreed price',
  charge: 'Charge the kept card',
  refund: 'Return a payment',
  reverse: 'Recorded by mistake',
};

/** Only what there is: a job without a deposit says nothing of one. */
function Figures({ account }: { account: AccountView }) {
  const { currency, agreedMinor = 0, depositMinor, dueBeforeProductionMinor: due } = account;
  const figures: [string, number][] = [
    ['Agreed', agreedMinor],
    ['Deposit asked for', depositMinor],
    ['Missing before production', due],
    ['Invoiced', account.invoicedMinor],
    ['Credited', account.creditedMinor],
    ['Received', account.receivedMinor],
    ['Returned', account.refundedMinor],
    ['Kept after the cancellation', account.keptMinor],
    ['Owed', account.owedMinor],
    ['Paid ahead of the invoice', account.spareMinor - account.overpaidMinor],
    ['Paid too much, to be returned', account.overpaidMinor],
  ];
  const shown = figures.filter(([, minor]) => minor > 0);
  if (shown.length === 0) return <Text c="dimmed">Nothing is agreed, invoiced or paid yet.</Text>;
  return (
    <dl className="facts">
      {shown.map(([label, minor]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{money(minor, currency)}</dd>
        </div>
      ))}
    </dl>
  );
}

const answers = { agreed: 'agreed', asked: 'waits for the customer’s word', declined: 'declined' };

function Adjustments({ account: { adjustments, currency } }: { account: AccountView }) {
  if (adjustments.length === 0) return null;
  return (
    <ul className="plain-list" aria-label="Lines added since the approval">
      {adjustments.map(({ id, label, quantity, amountMinor, reason, state }) => (
        <li key={id} style={{ padding: '4px 0' }}>
          <Text size="sm">
            {quantity} × {label}, {money(amountMinor, currency)}: {answers[state]}
          </Text>
          <Text size="xs" c="dimmed">
            {reason}
          </Text>
        </li>
      ))}
    </ul>
  );
}

interface MovementsProps {
  account: AccountView;
  ask: (what: 'refund' | 'reverse', payment: Payment) => void;
}

function Movements({ account: { payments, refunds, currency }, ask }: MovementsProps) {
  const { role } = useOffice();
  if (payments.length === 0) return null;
  return (
    <ul className="plain-list" aria-label="Payments">
      {payments.map((payment) => {
        const { id, amountMinor, method, reference, providerId, note, recordedBy, refundableMinor } = payment;
        const own = refunds.filter(({ paymentId }) => paymentId === id);
        const amount = money(amountMinor, payment.currency);
        return (
          <li key={id} style={{ padding: '6px 0' }}>
            <Group justify="space-between" align="start">
              <div style={{ minWidth: 0 }}>
                <Text size="sm">
                  {amount} {paymentWords(payment)}, <Day at={payment.receivedAt} />
                </Text>
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {[reference ?? providerId, recordedBy && `recorded by ${recordedBy}`, note]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                {own.map((refund) => (
                  <Text key={refund.id} size="sm">
                    {money(refund.amountMinor, currency)} {refundWords(refund)}: “{refund.reason}”
                  </Text>
                ))}
              </div>
              <Group gap="xs">
                {mayCall(role, refundPayment) && refundableMinor > 0 && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Return ${amount}`}
                    onClick={() => ask('refund', payment)}
                  >
                    Return
                  </Button>
                )}
                {mayCall(role, reversePayment) && method !== 'online' && refundableMinor === amountMinor && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`${amount} was recorded by mistake`}
                    onClick={() => ask('reverse', payment)}
                  >
                    Mistake
                  </Button>
                )}
              </Group>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}

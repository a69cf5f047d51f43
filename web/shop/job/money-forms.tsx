import { Anchor, Checkbox, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Checkbox.css';
import { useState, type ReactNode } from 'react';
import {
  addAdjustment,
  chargeStoredMethod,
  recordPayment,
  refundPayment,
  reversePayment,
  type AccountView,
} from '#contract/routes/money.ts';
import type { JobView } from '#contract/views/job.ts';
import { offlineMethods, type OfflineMethod } from '#domain/payment/payment.ts';
import { useAction } from '../../shared/calls.tsx';
import { FormDialogButtons } from '../../shared/form-dialog-buttons.tsx';
import { decimalsOf, money } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { minorOf } from './asking-steps.ts';

interface Props {
  job: JobView;
  account: AccountView;
  onClose: () => void;
}
type PaymentProps = Props & { payment: AccountView['payments'][number] };

const methodNames: Record<OfflineMethod, string> = {
  cash: 'Cash',
  check: 'Check',
  wire: 'Wire transfer',
  ach: 'ACH',
  card_terminal: 'Card terminal',
  other: 'Other',
};
const methods = offlineMethods.map((value) => ({ value, label: methodNames[value] }));
const isMethod = (value: string): value is OfflineMethod => offlineMethods.some((each) => each === value);
const typed = (minor: number, currency: string): string =>
  minor > 0 ? (minor / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency)) : '';

interface FormProps {
  word: string;
  action: { isPending: boolean; error: Error | null };
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}
const Form = ({ word, action, onSubmit, onClose, children }: FormProps) => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit();
    }}
  >
    <Stack>
      {children}
      <ProblemBox error={action.error} />
      <FormDialogButtons word={word} pending={action.isPending} onClose={onClose} />
    </Stack>
  </form>
);

interface AmountProps {
  label: string;
  hint?: string | undefined;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  least?: number;
}
const Amount = ({ label, hint, value, error, onChange, least = 0 }: AmountProps) => (
  <TextInput
    label={label}
    description={hint}
    type="number"
    step="any"
    {...(least === 0 ? { min: 0 } : {})}
    required
    value={value}
    error={error}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

export function RecordPaymentForm({ job, account, onClose }: Props) {
  const { currency, payableMinor, dueBeforeProductionMinor: due } = account;
  const [amount, setAmount] = useState(typed(due > 0 ? due : payableMinor, currency));
  const [method, setMethod] = useState<OfflineMethod>('cash');
  const [reference, setReference] = useState('');
  const [receivedOn, setReceivedOn] = useState('');
  const [more, setMore] = useState(false);
  const record = useAction(recordPayment, onClose);
  const over = fieldError(record.error, 'amountMinor') !== undefined || more;
  return (
    <Form
      word="Record"
      action={record}
      onClose={onClose}
      onSubmit={() =>
        record.run({
          params: { jobId: job.id },
          body: {
            amountMinor: minorOf(amount, currency),
            method,
            ...(reference.trim() === '' ? {} : { reference }),
            ...(receivedOn === '' ? {} : { receivedOn }),
            moreThanOwed: more,
          },
        })
      }
    >
      <Amount
        label={`Amount in ${currency}`}
        hint={payableMinor > 0 ? `Open: ${money(payableMinor, currency)}` : undefined}
        value={amount}
        error={fieldError(record.error, 'amountMinor')}
        onChange={setAmount}
      />
      {over && (
        <Checkbox
          label="The customer really paid more than is open"
          checked={more}
          onChange={(event) => setMore(event.currentTarget.checked)}
        />
      )}
      <NativeSelect
        label="How it came"
        value={method}
        data={methods}
        onChange={({ currentTarget: { value } }) => isMethod(value) && setMethod(value)}
      />
      <TextInput
        label="Reference"
        description="Optional: number of the check, of the transfer, of the terminal’s slip"
        maxLength={80}
        value={reference}
        error={fieldError(record.error, 'reference')}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <TextInput
        label="Received on"
        description="Optional: today when left empty"
        type="date"
        value={receivedOn}
        error={fieldError(record.error, 'receivedOn')}
        onChange={(event) => setReceivedOn(event.currentTarget.value)}
      />
    </Form>
  );
}

const Reason = ({
  label = 'Reason',
  value,
  error,
  onChange,
}: {
  label?: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) => (
  <TextInput
    label={label}
    required
    maxLength={200}
    value={value}
    error={error}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);

export function RefundForm({ job, account, payment, onClose }: PaymentProps) {
  const { currency, refundableMinor, method } = payment;
  const online = method === 'online';
  const [amount, setAmount] = useState(typed(refundableMinor, currency));
  const [by, setBy] = useState<OfflineMethod | 'provider'>(method === 'online' ? 'provider' : method);
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [keepInvoice, setKeepInvoice] = useState(false);
  const refund = useAction(refundPayment, onClose);
  const ways = [...(online ? [{ value: 'provider', label: 'By the payment provider' }] : []), ...methods];
  return (
    <Form
      word="Return"
      action={refund}
      onClose={onClose}
      onSubmit={() =>
        refund.run({
          params: { jobId: job.id, paymentId: payment.id },
          body: {
            amountMinor: minorOf(amount, currency),
            by,
            reason,
            keepInvoice,
            ...(reference.trim() === '' ? {} : { reference }),
          },
        })
      }
    >
      <Amount
        label={`Amount in ${currency}`}
        hint={`At most ${money(refundableMinor, currency)}`}
        value={amount}
        error={fieldError(refund.error, 'amountMinor')}
        onChange={setAmount}
      />
      <NativeSelect
        label="How it goes back"
        value={by}
        data={ways}
        error={fieldError(refund.error, 'by')}
        onChange={({ currentTarget: { value } }) =>
          setBy(value === 'provider' ? value : isMethod(value) ? value : by)
        }
      />
      {by !== 'provider' && (
        <TextInput
          label="Reference"
          description="Optional: number of the check, of the transfer"
          maxLength={80}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      )}
      <Reason value={reason} error={fieldError(refund.error, 'reason')} onChange={setReason} />
      {account.invoices.length > 0 && (
        <Checkbox
          label="The customer owes it again"
          description="Without this the invoice is credited by as much."
          checked={keepInvoice}
          onChange={(event) => setKeepInvoice(event.currentTarget.checked)}
        />
      )}
    </Form>
  );
}

export function ReverseForm({ job, payment, onClose }: PaymentProps) {
  const [reason, setReason] = useState('');
  const reverse = useAction(reversePayment, onClose);
  return (
    <Form
      word="Take it back"
      action={reverse}
      onClose={onClose}
      onSubmit={() => reverse.run({ params: { jobId: job.id, paymentId: payment.id }, body: { reason } })}
    >
      <Text size="sm">
        The payment of {money(payment.amountMinor, payment.currency)} stays in the books, and a line beside it
        says that it never was. What it had paid is open again.
      </Text>
      <Reason value={reason} error={fieldError(reverse.error, 'reason')} onChange={setReason} />
    </Form>
  );
}

export function AdjustmentForm({ job, account, onClose }: Props) {
  const { currency } = account;
  const [label, setLabel] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const add = useAction(addAdjustment, onClose);
  return (
    <Form
      word="Add the line"
      action={add}
      onClose={onClose}
      onSubmit={() =>
        add.run({
          params: { jobId: job.id },
          body: { label, quantity: Number(quantity), unitMinor: minorOf(amount, currency), reason },
        })
      }
    >
      <Text size="sm">
        It stands on the invoice. What goes beyond your limit is put to the customer first, who gets a mail.
      </Text>
      <Reason
        label="What it is for"
        value={label}
        error={fieldError(add.error, 'label')}
        onChange={setLabel}
      />
      <TextInput
        label="Quantity"
        type="number"
        min={1}
        max={10000}
        required
        value={quantity}
        error={fieldError(add.error, 'quantity')}
        onChange={(event) => setQuantity(event.currentTarget.value)}
      />
      <Amount
        label={`Price each in ${currency}`}
        hint="As your quotes: with or without tax. Below zero for less."
        value={amount}
        error={fieldError(add.error, 'unitMinor')}
        onChange={setAmount}
        least={-1}
      />
      <Reason value={reason} error={fieldError(add.error, 'reason')} onChange={setReason} />
    </Form>
  );
}

export function ChargeForm({ job, account, onClose }: Props) {
  const { keptCard, currency, dueBeforeProductionMinor: due, payableMinor, invoices } = account;
  const open = invoices.filter(({ owedMinor }) => owedMinor > 0).at(-1);
  const amountMinor = open ? open.owedMinor : due > 0 ? due : payableMinor;
  const charge = useAction(chargeStoredMethod, ({ outcome }) => {
    if (outcome === 'paid' || outcome === 'pending') onClose();
  });
  const { answer } = charge;
  return (
    <Form
      word={`Charge ${money(amountMinor, currency)}`}
      action={charge}
      onClose={onClose}
      onSubmit={() => charge.run({ params: { jobId: job.id }, body: { amountMinor } })}
    >
      <Text>
        {keptCard?.brand} •••• {keptCard?.last4} of {job.customer.name} is charged for{' '}
        {open ? `invoice ${open.number}` : 'this order'}.
      </Text>
      {answer?.payUrl && (
        <Text role="alert">
          {answer.outcome === 'declined'
            ? 'The card was declined.'
            : 'The bank wants to hear the customer first.'}{' '}
          The customer has a mail; they can also{' '}
          <Anchor href={answer.payUrl} target="_blank" rel="noreferrer">
            pay on this page
          </Anchor>
          .
        </Text>
      )}
    </Form>
  );
}

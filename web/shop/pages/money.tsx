import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exportBooks } from '#contract/routes/books.ts';
import { listTemplates, replaceTemplate } from '#contract/routes/templates.ts';
import type { TemplateView } from '#contract/views/template.ts';
import { bookLists, type BookList } from '#domain/books/csv.ts';
import type { DepositRule } from '#domain/payment/deposit.ts';
import { useAction, useCall } from '../../shared/calls.tsx';
import { decimalsOf } from '../../shared/format.ts';
import { fieldError, ProblemBox } from '../../shared/problem.tsx';
import { keys } from '../../shared/queries.ts';
import { Waiting } from '../../shared/waiting.tsx';
import { minorOf } from '../job/asking-steps.ts';
import { mayCall, useOffice } from '../office.ts';

/** What the shop asks for and when, and its books to take along. */
export function MoneyPage() {
  const { role } = useOffice();
  const call = useCall();
  const templates = useQuery({ queryKey: keys.templates, queryFn: () => call(listTemplates, {}) });
  return (
    <>
      <title>Money · Kerf</title>
      <div className="page-head">
        <h1>Money</h1>
      </div>
      <Stack>
        <ExportBooks />
        {templates.isPending && <Waiting heights={[200]} />}
        <ProblemBox error={templates.error} onRetry={() => void templates.refetch()} />
        {mayCall(role, replaceTemplate) &&
          templates.data?.templates.map((template) => (
            <PaymentTerms key={template.name} template={template} />
          ))}
      </Stack>
    </>
  );
}

const listNames: Record<BookList, string> = {
  invoices: 'Invoices',
  payments: 'Payments',
  refunds: 'Refunds',
  credit_notes: 'Credit notes',
};
const isList = (value: string): value is BookList => bookLists.some((each) => each === value);

function ExportBooks() {
  const call = useCall();
  const today = new Date().toISOString().slice(0, 10);
  const [list, setList] = useState<BookList>('invoices');
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  const books = useQuery({
    queryKey: ['books', list, from, to],
    queryFn: () => call(exportBooks, { query: { list, from, to } }),
    enabled: false,
    retry: false,
  });
  const download = async () => {
    const { data } = await books.refetch();
    if (!data) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([data.csv], { type: 'text/csv;charset=utf-8' }));
    link.download = data.fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section className="card">
      <h2>Books</h2>
      <Text mb="sm">For your accountant: every row with an id that never changes, as CSV.</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void download();
        }}
      >
        <Stack>
          <Group align="end">
            <NativeSelect
              label="List"
              value={list}
              data={bookLists.map((value) => ({ value, label: listNames[value] }))}
              onChange={({ currentTarget: { value } }) => isList(value) && setList(value)}
            />
            <TextInput
              label="From"
              type="date"
              required
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              label="To"
              type="date"
              required
              value={to}
              error={fieldError(books.error, 'to')}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
            <Button type="submit" loading={books.isFetching}>
              Download
            </Button>
          </Group>
          <ProblemBox error={books.error} />
          {books.data && (
            <Text size="sm" role="status">
              {books.data.rows === 0
                ? 'Nothing in this period.'
                : `${books.data.rows} rows in ${books.data.fileName}.`}
            </Text>
          )}
        </Stack>
      </form>
    </section>
  );
}

const kinds: { value: DepositRule['kind']; label: string }[] = [
  { value: 'none', label: 'No deposit' },
  { value: 'percent', label: 'A share of the price' },
  { value: 'fixed', label: 'A fixed amount' },
  { value: 'percent_above', label: 'A share, of orders above a value' },
];

/** The terms of one job type; everything else that the shop has made of it stays. */
function PaymentTerms({ template }: { template: TemplateView }) {
  const { shop } = useOffice();
  const { deposit } = template;
  const typed = (minor: number) => String(minor / 10 ** decimalsOf(shop.currency));
  const [kind, setKind] = useState(deposit.kind);
  const [percent, setPercent] = useState(String('percent' in deposit ? deposit.percent : 30));
  const [amount, setAmount] = useState(deposit.kind === 'fixed' ? typed(deposit.amountMinor) : '');
  const [above, setAbove] = useState(deposit.kind === 'percent_above' ? typed(deposit.aboveMinor) : '');
  const [onCancel, setOnCancel] = useState(template.onCancel);
  const [limit, setLimit] = useState(String(template.adjustmentLimitPercent));
  const [netDays, setNetDays] = useState(String(template.netDays));
  const save = useAction(replaceTemplate);
  const rule = (): DepositRule => {
    if (kind === 'none') return { kind };
    if (kind === 'fixed') return { kind, amountMinor: minorOf(amount, shop.currency) };
    if (kind === 'percent') return { kind, percent: Number(percent) };
    return { kind, percent: Number(percent), aboveMinor: minorOf(above, shop.currency) };
  };
  const numberField = (
    label: string,
    value: string,
    change: (value: string) => void,
    names: string[],
    more: { max?: number; step?: string; description?: string } = {},
  ) => (
    <TextInput
      label={label}
      type="number"
      min={0}
      required
      value={value}
      error={fieldError(save.error, ...names)}
      onChange={(event) => change(event.currentTarget.value)}
      {...more}
    />
  );
  return (
    <section className="card">
      <h2>Payment terms: {template.title}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.run({
            params: { name: template.name },
            ifMatch: template.version,
            body: {
              ...template.own,
              deposit: rule(),
              onCancel,
              adjustmentLimitPercent: Number(limit),
              netDays: Number(netDays),
            },
          });
        }}
      >
        <Stack maw={560}>
          <Group align="end">
            <NativeSelect
              label="Deposit before production"
              value={kind}
              data={kinds}
              onChange={({ currentTarget: { value } }) =>
                setKind(kinds.find((each) => each.value === value)?.value ?? kind)
              }
            />
            {(kind === 'percent' || kind === 'percent_above') &&
              numberField('Percent', percent, setPercent, ['deposit.percent', 'deposit'], { max: 100 })}
            {kind === 'fixed' &&
              numberField(
                `Amount in ${shop.currency}`,
                amount,
                setAmount,
                ['deposit.amountMinor', 'deposit'],
                {
                  step: 'any',
                },
              )}
            {kind === 'percent_above' &&
              numberField(`Above, in ${shop.currency}`, above, setAbove, ['deposit.aboveMinor', 'deposit'], {
                step: 'any',
              })}
          </Group>
          <NativeSelect
            label="When the customer cancels"
            value={onCancel}
            data={[
              { value: 'refund', label: 'All that was paid goes back' },
              { value: 'keep_deposit', label: 'The deposit is kept, the rest goes back' },
            ]}
            onChange={({ currentTarget: { value } }) =>
              setOnCancel(value === 'keep_deposit' ? value : 'refund')
            }
          />
          {numberField(
            'Extra work without asking, percent of the price',
            limit,
            setLimit,
            ['adjustmentLimitPercent'],
            {
              max: 100,
              description: 'Lines you add beyond this wait for the customer’s word.',
            },
          )}
          {numberField('Days to pay a purchase order', netDays, setNetDays, ['netDays'], { max: 180 })}
          <ProblemBox error={save.error} />
          <Group>
            <Button type="submit" loading={save.isPending}>
              Save the terms
            </Button>
            {save.answer && (
              <Text size="sm" role="status">
                Saved. Offers sent before keep theirs.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </section>
  );
}

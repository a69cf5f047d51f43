import * as routes from '#contract/routes/books.ts';
import { csvOf, decimalAmount, type BookList } from '#domain/books/csv.ts';
import type { BookedKind, ExternalRef } from '#domain/books/external-ref.ts';
import { startOfDay } from '#domain/job/promised-day.ts';
import {
  creditNotesBetween,
  externalRefs,
  invoicesBetween,
  paymentsBetween,
  refundsBetween,
  type Period,
} from '../../adapters/dynamo/repositories/bookkeeping.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { daysOf } from '../period.ts';

const dayMs = 86_400_000;
const mostDays = 366;
/** An answer of an API may have six megabytes; a row takes at most some hundred bytes. */
const mostRows = 10_000;

type Row = (string | number | undefined)[];
interface Table {
  header: string[];
  rows: Row[];
}

/** Days are those of the shop's zone. Ids are ours and stable; the last column holds what accounting calls the row. */
export const exportBooks = implement(routes.exportBooks, async ({ caller, query }) => {
  const { t } = inShop(caller);
  const { list, from, to } = query;
  if (daysOf(query) > mostDays) throw new ApiError('invalid_request', 'Choose at most a year.', 'to');
  const { timeZone } = await loadShop(t);
  const nextDay = new Date(Date.parse(to) + dayMs).toISOString().slice(0, 10);
  const period = { from: startOfDay(from, timeZone), until: startOfDay(nextDay, timeZone) };
  const { header, rows } = await tables[list](t, period, nameIn(await externalRefs(t)));
  if (rows.length > mostRows)
    throw new ApiError('invalid_request', `More than ${mostRows} rows. Choose a shorter period.`, 'to');
  return { fileName: `${list}-${from}-${to}.csv`, rows: rows.length, csv: csvOf(header, rows) };
});

type Named = (kind: BookedKind, id: string) => string;

function nameIn(refs: readonly ExternalRef[]): Named {
  const byThing = Map.groupBy(refs, ({ kind, id }) => `${kind} ${id}`);
  return (kind, id) =>
    (byThing.get(`${kind} ${id}`) ?? []).map(({ system, externalId }) => `${system}:${externalId}`).join(' ');
}

const tables: Record<BookList, (t: Tenant, period: Period, named: Named) => Promise<Table>> = {
  invoices: async (t, period, named) => ({
    header: [
      'id',
      'number',
      'issued_at',
      'due_at',
      'job',
      'customer_id',
      'customer',
      'email',
      'currency',
      'net',
      'tax',
      'total',
      'state',
      'paid_at',
      'customer_external',
      'external',
    ],
    rows: (await invoicesBetween(t, period)).map((invoice) => {
      const { id, number, issuedAt, dueAt, jobNumber, customer, currency, state, paidAt } = invoice;
      const amount = (minor: number) => decimalAmount(minor, currency);
      const { customerId, name, email } = customer;
      const sums = [invoice.subtotalMinor, invoice.taxMinor, invoice.totalMinor].map(amount);
      const names = [named('customer', customerId), named('invoice', id)];
      return [
        id,
        number,
        issuedAt,
        dueAt,
        jobNumber,
        customerId,
        name,
        email,
        currency,
        ...sums,
        state,
        paidAt,
        ...names,
      ];
    }),
  }),
  payments: async (t, period, named) => ({
    header: [
      'id',
      'received_at',
      'job_id',
      'invoice_id',
      'method',
      'reference',
      'currency',
      'amount',
      'state',
      'provider_id',
      'recorded_by',
      'external',
    ],
    rows: (await paymentsBetween(t, period)).map((payment) => {
      const { id, receivedAt, jobId, invoiceId, method, reference, currency, state } = payment;
      const amount = decimalAmount(payment.amountMinor, currency);
      const { providerId, recordedBy } = payment;
      const told = [state, providerId, recordedBy, named('payment', id)];
      return [id, receivedAt, jobId, invoiceId, method, reference, currency, amount, ...told];
    }),
  }),
  refunds: async (t, period, named) => ({
    header: [
      'id',
      'asked_at',
      'settled_at',
      'job_id',
      'payment_id',
      'by',
      'reference',
      'currency',
      'amount',
      'state',
      'reason',
      'provider_id',
      'external',
    ],
    rows: (await refundsBetween(t, period)).map((refund) => {
      const { id, askedAt, settledAt, jobId, paymentId, by, reference, currency, state } = refund;
      const amount = decimalAmount(refund.amountMinor, currency);
      const told = [state, refund.reason, refund.providerId, named('refund', id)];
      return [id, askedAt, settledAt, jobId, paymentId, by, reference, currency, amount, ...told];
    }),
  }),
  credit_notes: async (t, period, named) => ({
    header: [
      'id',
      'number',
      'issued_at',
      'invoice_id',
      'invoice_number',
      'job',
      'customer_id',
      'customer',
      'currency',
      'net',
      'tax',
      'total',
      'reason',
      'external',
    ],
    rows: (await creditNotesBetween(t, period)).map((note) => {
      const { id, number, issuedAt, invoiceId, invoiceNumber, jobNumber, customer, currency } = note;
      const sums = [note.subtotalMinor, note.taxMinor, note.totalMinor].map((minor) =>
        decimalAmount(minor, currency),
      );
      const of = [
        id,
        number,
        issuedAt,
        invoiceId,
        invoiceNumber,
        jobNumber,
        customer.customerId,
        customer.name,
      ];
      return [...of, currency, ...sums, note.reason, named('credit_note', id)];
    }),
  }),
};

import type { Adjustment } from '../adjustment/adjustment.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { CustomerSnapshot } from '../customer/customer.ts';
import type { Quote } from '../quote/quote.ts';

export interface InvoiceLine {
  label: string;
  quantity: number;
  unitMinor: number;
  totalMinor: number;
}

export const invoiceStates = ['open', 'paid', 'credited'] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** Numbered without gaps per shop, never edited. */
export interface Invoice {
  id: string;
  jobId: string;
  /** The approved version it bills; a job has one invoice per version. */
  quoteVersion: number;
  jobNumber: string;
  number: string;
  customer: CustomerSnapshot;
  currency: string;
  lines: InvoiceLine[];
  subtotalMinor: number;
  taxMinor: number;
  totalMinor: number;
  /** `credited`: all of it was taken back. */
  state: InvoiceState;
  issuedAt: string;
  /** When it is to be paid unless a purchase order says later. */
  dueAt?: string;
  paidAt?: string;
}

export interface InvoiceBasis {
  id: string;
  /** Running number of the shop's invoices, from 1. */
  serial: number;
  job: { id: string; number: string; customer: CustomerSnapshot };
  quote: Quote;
  /** What was agreed beside it; of other versions and states they are left out. */
  adjustments?: readonly Adjustment[];
  /** When it is to be paid, ISO 8601. */
  dueAt?: string;
}

/**
 * The version a hand-over at `at` (ISO 8601) bills: the newest one approved by then. A job reopened since, and quoted anew,
 * changes nothing about what was handed over.
 */
export const billedQuote = (quotes: readonly Quote[], at: string): Quote | undefined =>
  quotes
    .filter(({ state, answeredAt }) => state === 'approved' && answeredAt !== undefined && answeredAt <= at)
    .sort((a, b) => a.version - b.version)
    .at(-1);

/**
 * The invoice of the approved version (CO-60, CO-61), with what was agreed beside it since (CO-62). Tax is a sum of its own, every
 * other adjustment a line.
 */
export function issueInvoice(basis: InvoiceBasis, now: string): Invoice | Refusal {
  const { id, serial, job, quote, dueAt } = basis;
  const { price } = quote;
  const { totalMinor, taxMinor } = price;
  if (totalMinor === null || taxMinor === null)
    return refuse('not_ready', 'The approved quote has no price.');
  const goods: InvoiceLine[] = price.lines.map((line) => ({
    label: line.name,
    quantity: line.quantity,
    unitMinor: line.unitMinor ?? 0,
    totalMinor: line.totalMinor ?? 0,
  }));
  const extras: InvoiceLine[] = price.adjustments
    .filter((adjustment) => adjustment.code !== 'tax')
    .map(({ label, amountMinor }) => ({
      label,
      quantity: 1,
      unitMinor: amountMinor,
      totalMinor: amountMinor,
    }));
  const agreed = (basis.adjustments ?? []).filter(
    ({ quoteVersion, state }) => quoteVersion === quote.version && state === 'agreed',
  );
  const onTop = price.taxMode === 'inclusive' ? 0 : 1;
  const sum = (of: (each: Adjustment) => number) => agreed.reduce((all, each) => all + of(each), 0);
  const invoiceTaxMinor = taxMinor + sum((each) => each.taxMinor);
  const invoiceTotalMinor = totalMinor + sum((each) => each.totalMinor + onTop * each.taxMinor);
  return {
    id,
    jobId: job.id,
    quoteVersion: quote.version,
    jobNumber: job.number,
    number: `INV-${String(serial).padStart(6, '0')}`,
    customer: job.customer,
    currency: price.currency,
    lines: [...goods, ...extras, ...agreed.map(lineOf)],
    subtotalMinor: invoiceTotalMinor - invoiceTaxMinor,
    taxMinor: invoiceTaxMinor,
    totalMinor: invoiceTotalMinor,
    state: 'open',
    issuedAt: now,
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

const lineOf = ({ label, reason, quantity, unitMinor, totalMinor }: Adjustment): InvoiceLine => ({
  label: `${label} (${reason})`,
  quantity,
  unitMinor,
  totalMinor,
});

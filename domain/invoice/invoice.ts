import { refuse, type Refusal } from '../refusal.ts';
import type { CustomerSnapshot } from '../customer/customer.ts';
import type { Quote } from '../quote/quote.ts';

export interface InvoiceLine {
  label: string;
  quantity: number;
  unitMinor: number;
  totalMinor: number;
}

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
  state: 'open' | 'paid';
  issuedAt: string;
  paidAt?: string;
}

export interface InvoiceBasis {
  id: string;
  /** Running number of the shop's invoices, from 1. */
  serial: number;
  job: { id: string; number: string; customer: CustomerSnapshot };
  quote: Quote;
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

/** The invoice of the approved version (CO-60, CO-61). Tax is a sum of its own, every other adjustment a line. */
export function issueInvoice({ id, serial, job, quote }: InvoiceBasis, now: string): Invoice | Refusal {
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
  return {
    id,
    jobId: job.id,
    quoteVersion: quote.version,
    jobNumber: job.number,
    number: `INV-${String(serial).padStart(6, '0')}`,
    customer: job.customer,
    currency: price.currency,
    lines: [...goods, ...extras],
    subtotalMinor: totalMinor - taxMinor,
    taxMinor,
    totalMinor,
    state: 'open',
    issuedAt: now,
  };
}

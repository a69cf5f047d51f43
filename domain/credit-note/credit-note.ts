import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import type { CustomerSnapshot } from '../customer/customer.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** Takes back a part or all of an invoice, which itself is never edited. Numbered without gaps per shop, in a series of its own. */
export interface CreditNote {
  id: string;
  invoiceId: string;
  invoiceNumber: string;
  jobId: string;
  jobNumber: string;
  number: string;
  customer: CustomerSnapshot;
  currency: string;
  lines: InvoiceLine[];
  /** All amounts are 0 or more: what the customer gets back. */
  subtotalMinor: number;
  taxMinor: number;
  totalMinor: number;
  reason: string;
  issuedAt: string;
}

export const creditNoteEventTypes = ['credit_note.issued'] as const;

export interface CreditNoteBasis {
  id: string;
  /** Running number of the shop's credit notes, from 1. */
  serial: number;
  invoice: Invoice;
  /** Credit notes of the same invoice. */
  earlier: readonly Pick<CreditNote, 'totalMinor' | 'taxMinor'>[];
  reason: string;
  /** Tax included; all that is left when absent. */
  amountMinor?: number | undefined;
}

/**
 * The next credit note of an invoice. Its tax is the invoice's own share, rounded half up; the last one takes what is left, so
 * that credits of the whole invoice add up to its total and its tax.
 */
export function issueCreditNote(basis: CreditNoteBasis, now: string): CreditNote | Refusal {
  const { id, serial, invoice, earlier, reason } = basis;
  const left = invoice.totalMinor - sum(earlier.map(({ totalMinor }) => totalMinor));
  if (left <= 0) return refuse('not_ready', `Invoice ${invoice.number} has been credited in full.`);
  const totalMinor = basis.amountMinor ?? left;
  if (!Number.isSafeInteger(totalMinor) || totalMinor < 1 || totalMinor > left)
    return refuse(
      'invalid',
      `Credit 1 to ${left} (smallest units of ${invoice.currency}): that is what is left of the invoice.`,
      'amountMinor',
    );
  const taxLeft = invoice.taxMinor - sum(earlier.map(({ taxMinor }) => taxMinor));
  const taxMinor =
    totalMinor === left
      ? taxLeft
      : Math.min(taxLeft, shareOf(invoice.taxMinor, totalMinor, invoice.totalMinor));
  const whole = totalMinor === invoice.totalMinor;
  const linesMinor = sum(invoice.lines.map((line) => line.totalMinor));
  const includesTax = invoice.taxMinor > 0 && linesMinor === invoice.totalMinor;
  const amount = includesTax ? totalMinor : totalMinor - taxMinor;
  return {
    id,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    jobId: invoice.jobId,
    jobNumber: invoice.jobNumber,
    number: `CN-${String(serial).padStart(6, '0')}`,
    customer: invoice.customer,
    currency: invoice.currency,
    lines: whole
      ? invoice.lines
      : [{ label: `Part of invoice ${invoice.number}`, quantity: 1, unitMinor: amount, totalMinor: amount }],
    subtotalMinor: totalMinor - taxMinor,
    taxMinor,
    totalMinor,
    reason,
    issuedAt: now,
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/** whole x part / of, rounded half up, exact for amounts beyond 2^53 in between. */
function shareOf(whole: number, part: number, of: number): number {
  const divisor = BigInt(of);
  return Number((2n * BigInt(whole) * BigInt(part) + divisor) / (2n * divisor));
}

import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from '../job/job.ts';
import type { Payment } from './payment.ts';
import { refundable } from './refund.ts';
import { standingOf, type Books } from './standing.ts';

/** What a cancellation does to the books. */
export interface Settlement {
  /** Payments of the provider that go back by it, the newest first. */
  refunds: { payment: Payment; amountMinor: number }[];
  /** What is taken back of the invoice. */
  credit?: { invoice: Invoice; amountMinor: number };
  /** Kept without an invoice to stand on. */
  keptMinor: number;
}

/**
 * A job is canceled: what was decided to return goes back as far as the provider can; the rest of it lies ready at the shop, to
 * be handed back. The invoice is credited but for what is kept. Money that came after the decision is neither: it lies spare.
 */
export function settleCancellation(
  job: Pick<Job, 'quote' | 'agreedAt' | 'kept' | 'adjusted'>,
  books: Books,
  { amountMinor: returnMinor, keptMinor }: Pick<NonNullable<Job['returning']>, 'amountMinor' | 'keptMinor'>,
): Settlement {
  const standing = standingOf(job, books);
  const billed = books.invoices.find(({ quoteVersion }) => quoteVersion === job.quote?.version);
  const invoice = job.agreedAt === undefined ? undefined : billed;
  const keep = Math.max(0, Math.min(keptMinor, standing.paidMinor - returnMinor));
  const of = invoice && standing.invoices[invoice.id];
  const netMinor = invoice && of ? invoice.totalMinor - of.creditedMinor : 0;
  const creditMinor = Math.max(0, netMinor - keep);
  return {
    refunds: newestFirst(books, returnMinor),
    ...(invoice && creditMinor > 0 ? { credit: { invoice, amountMinor: creditMinor } } : {}),
    keptMinor: Math.max(0, keep - netMinor),
  };
}

function newestFirst({ payments, refunds }: Books, returnMinor: number): Settlement['refunds'] {
  let left = returnMinor;
  return [...payments]
    .filter(({ method }) => method === 'online')
    .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))
    .flatMap((payment) => {
      const amountMinor = Math.min(left, refundable(payment, refunds));
      left -= Math.max(0, amountMinor);
      return amountMinor > 0 ? [{ payment, amountMinor }] : [];
    });
}

import { amountOf, type Adjustment } from '#domain/adjustment/adjustment.ts';
import type { Job } from '#domain/job/job.ts';
import { depositAsked, dueBeforeProduction } from '#domain/job/rules/conditions.ts';
import { refundByRule } from '#domain/job/rules/course.ts';
import type { Payment } from '#domain/payment/payment.ts';
import { refundable, type Refund } from '#domain/payment/refund.ts';
import { agreedTotal, openBeforeInvoice, standingOf, type Standing } from '#domain/payment/standing.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import type { InvoiceView } from '#contract/routes/billing.ts';
import type { AccountView } from '#contract/routes/money.ts';
import { loadBooks, type StoredBooks } from '../../adapters/dynamo/repositories/books.ts';
import { loadQuote, stateOf, type LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { findStoredMethod } from '../../adapters/dynamo/repositories/online-payments.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { visibleJob } from '../access.ts';

type PaymentView = InvoiceView['payments'][number];

/** A payment as the caller may see it: who recorded it, and what they noted, is the shop's own. */
export function paymentView(payment: Payment, refunds: readonly Refund[], caller: ShopCaller): PaymentView {
  const { id, providerId, invoiceId, method, reference, failure, amountMinor, currency } = payment;
  const { state, receivedAt, note, recordedBy } = payment;
  return {
    id,
    providerId,
    invoiceId,
    method,
    reference,
    failure,
    refundableMinor: refundable(payment, refunds),
    reversed: refunds.some(({ paymentId, by }) => paymentId === id && by === 'reversal') || undefined,
    amountMinor,
    currency,
    state,
    receivedAt,
    ...(caller.kind === 'staff' ? { note, recordedBy } : {}),
  };
}

const refundView = (refund: Refund, caller: ShopCaller): AccountView['refunds'][number] => {
  const { id, paymentId, amountMinor, currency, by, reference, reason, state, askedAt, settledAt } = refund;
  const shown = { id, paymentId, amountMinor, currency, by, reference, reason, state, askedAt, settledAt };
  const { askedBy, failure } = refund;
  return {
    ...shown,
    ...(caller.kind === 'staff' ? { askedBy, failure } : {}),
  };
};

const adjustmentView = (
  { jobId: _, quoteVersion: __, by: ___, ...adjustment }: Adjustment,
  taxMode: PricedOrder['taxMode'],
): AccountView['adjustments'][number] => ({ ...adjustment, amountMinor: amountOf(adjustment, taxMode) });

export const creditNoteView = (note: CreditNote): AccountView['creditNotes'][number] => {
  const { lines: _, customer: __, jobNumber: ___, ...view } = note;
  return view;
};

/** Spare money that nothing is left to be paid with: the order is billed, canceled, or costs less. */
function overpaid(job: Job, { invoices }: StoredBooks, { spareMinor }: Standing): number {
  const billed = invoices.some(({ quoteVersion }) => quoteVersion === job.quote?.version);
  if (job.status.startsWith('canceled') || (billed && job.agreedAt !== undefined)) return spareMinor;
  const total = agreedTotal(job);
  return total === undefined ? 0 : Math.max(0, spareMinor - total);
}

/** All money of a job as the caller may see it, as it is now. @throws ApiError not_found */
export async function renderAccount(t: Tenant, caller: ShopCaller, jobId: string): Promise<AccountView> {
  const loaded = await visibleJob(t, caller, jobId);
  const { job } = loaded;
  const [books, shop, quote, stored] = await Promise.all([
    loadBooks(t, jobId),
    loadShop(t),
    job.quote ? loadQuote(t, jobId, job.quote.version) : undefined,
    caller.kind === 'link' ? undefined : findStoredMethod(t, job.customer.customerId),
  ]);
  const standing = standingOf(job, books);
  const { invoices: ofInvoice, paidMinor: _, ...sums } = standing;
  const method = stored?.account === shop.paymentAccountId ? stored?.method : undefined;
  return {
    currency: job.quote?.currency ?? shop.currency,
    ...sums,
    ...termsOf(loaded, books, standing),
    overpaidMinor: overpaid(job, books, standing),
    invoices: books.invoices.map(({ id, number, state, totalMinor, issuedAt, dueAt }) => ({
      id,
      number,
      state,
      totalMinor,
      owedMinor: ofInvoice[id]?.owedMinor ?? 0,
      issuedAt,
      dueAt: job.po?.acceptedAt === undefined ? dueAt : job.po.dueAt,
    })),
    creditNotes: books.creditNotes.map(creditNoteView),
    payments: books.payments.map((payment) => paymentView(payment, books.refunds, caller)),
    refunds: books.refunds.map((refund) => refundView(refund, caller)),
    adjustments: books.adjustments.map((each) => adjustmentView(each, quote?.price.taxMode ?? 'exclusive')),
    online: shop.paymentAccountId !== undefined,
    ...(method
      ? {
          keptCard: {
            brand: method.brand,
            last4: method.last4,
            expires: method.expires,
            agreedAt: method.agreedAt,
          },
        }
      : {}),
  };
}

/** What was agreed about paying. A price that was only recorded is the shop's own until it is offered. */
function termsOf(
  loaded: LoadedJob,
  books: StoredBooks,
  standing: Standing,
): Pick<
  AccountView,
  'agreedMinor' | 'depositMinor' | 'dueBeforeProductionMinor' | 'payableMinor' | 'refundOnCancelMinor'
> {
  // The books were read after the job: money that came in between counts in both.
  const job: Job = { ...loaded.job, payment: standing.payment, paidMinor: standing.paidMinor };
  const state = stateOf({ ...loaded, job });
  const agreed = job.quote && ['sent', 'approved'].includes(job.quote.state) ? agreedTotal(job) : undefined;
  const open = agreed === undefined ? 0 : openBeforeInvoice(job, books, standing);
  return {
    ...(agreed === undefined ? {} : { agreedMinor: agreed }),
    depositMinor: agreed === undefined ? 0 : depositAsked(state),
    dueBeforeProductionMinor: agreed === undefined ? 0 : dueBeforeProduction(state),
    payableMinor: standing.owedMinor > 0 ? standing.owedMinor : open,
    refundOnCancelMinor: refundByRule(state),
  };
}

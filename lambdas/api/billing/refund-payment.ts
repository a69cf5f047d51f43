import * as routes from '#contract/routes/money.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import type { Job } from '#domain/job/job.ts';
import type { Payment } from '#domain/payment/payment.ts';
import { askRefund } from '#domain/payment/refund.ts';
import { standingOf } from '#domain/payment/standing.ts';
import { isRefusal } from '#domain/refusal.ts';
import type { StoredBooks } from '../../adapters/dynamo/repositories/books.ts';
import { newId } from '../../adapters/ids.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { creditNoteEvent, creditNoteFor, refundFacts } from '../../use-cases/return-payment.ts';
import { changeAccount } from './change-account.ts';

export const refundPayment = implement(routes.refundPayment, (request) =>
  changeAccount(request, async ({ job }, books, now, { t, by }) => {
    const payment = books.payments.find(({ id }) => id === request.params.paymentId);
    if (!payment) throw notFound();
    const { keepInvoice, ...wish } = request.body;
    const { refunds } = books;
    const refund = askRefund({ ...wish, id: newId('rfd'), payment, refunds, askedBy: by }, now);
    if (isRefusal(refund)) return refund;
    const credit = keepInvoice ? undefined : creditedBy(job, books, payment, refund.amountMinor);
    const credited =
      credit &&
      (await creditNoteFor(
        t,
        credit.invoice,
        books.creditNotes,
        { amountMinor: credit.amountMinor, reason: wish.reason },
        now,
      ));
    if (isRefusal(credited)) return credited;
    return {
      refunds: [refund],
      ...(credited ? { credited } : {}),
      ...(keepInvoice ? {} : { job: { kept: keptAfter(job, books, refund.amountMinor) } }),
      events: () => [
        ...(credited ? [creditNoteEvent(credited.note)] : []),
        {
          type: refund.state === 'pending' ? ('refund.asked' as const) : ('refund.settled' as const),
          data: refundFacts(refund),
        },
      ],
    };
  }),
);

/** What is still kept of a canceled job: money that goes back after all is kept no more, and owed by nobody. */
function keptAfter({ kept, ...job }: Job, books: StoredBooks, amountMinor: number): Job['kept'] {
  if (!kept) return undefined;
  const { spareMinor } = standingOf({ ...job, kept }, books);
  const left = Math.min(kept.amountMinor, kept.amountMinor + spareMinor - amountMinor);
  return left > 0 ? { ...kept, amountMinor: left } : undefined;
}

/** What the refund takes off an invoice: nothing of what lies spare, else as much as the invoice has had of it. */
function creditedBy(
  job: Job,
  books: StoredBooks,
  payment: Payment,
  amountMinor: number,
): { invoice: Invoice; amountMinor: number } | undefined {
  const { spareMinor, invoices } = standingOf(job, books);
  const ofInvoices = amountMinor - spareMinor;
  if (ofInvoices <= 0) return undefined;
  const paid = books.invoices.filter(({ id }) => (invoices[id]?.paidMinor ?? 0) > 0);
  const invoice = paid.find(({ id }) => id === payment.invoiceId) ?? paid.at(-1);
  return invoice && { invoice, amountMinor: Math.min(ofInvoices, invoices[invoice.id]?.paidMinor ?? 0) };
}

import type { Actor } from '#domain/actor.ts';
import type { LoggedEvent } from '#domain/event.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import type { Job } from '#domain/job/job.ts';
import {
  takePayment,
  type Payment,
  type PaymentReport,
  type PaymentTarget,
} from '#domain/payment/payment.ts';
import { agreedTotal, standingOf } from '#domain/payment/standing.ts';
import { newId } from '../adapters/ids.ts';
import type { StoredBooks } from '../adapters/dynamo/repositories/books.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';
import { changeBooks } from './change-books.ts';

const provider: Actor = { kind: 'system', name: 'payments' };

/** What money is for: an invoice, or a job before it has one. */
export interface MoneyFor {
  jobId: string;
  invoiceId?: string | undefined;
}

/** The open amount of what is paid for. Before a price is named any amount is open; of a canceled job nothing is. */
export async function targetOf(
  t: Tenant,
  job: Job,
  books: StoredBooks,
  invoiceId: string | undefined,
): Promise<PaymentTarget> {
  const standing = standingOf(job, books);
  const canceled = job.status.startsWith('canceled');
  const invoice = books.invoices.find(({ id }) => id === invoiceId);
  if (invoice) {
    const openMinor = canceled ? 0 : (standing.invoices[invoice.id]?.owedMinor ?? 0);
    return { jobId: job.id, invoiceId: invoice.id, currency: invoice.currency, openMinor };
  }
  const total = agreedTotal(job);
  const currency = job.quote?.currency ?? (await loadShop(t)).currency;
  const billed = books.invoices.some(({ quoteVersion }) => quoteVersion === job.quote?.version);
  if (canceled) return { jobId: job.id, currency, openMinor: 0 };
  const openMinor = billed
    ? standing.owedMinor
    : total === undefined
      ? Number.MAX_SAFE_INTEGER
      : Math.max(0, total - standing.spareMinor) + standing.owedMinor;
  return { jobId: job.id, currency, openMinor };
}

/** What a payment is called in the log. */
export const paymentFacts = (payment: Payment, invoice: Invoice | undefined): LoggedEvent['data'] => ({
  ...(invoice ? { invoiceId: invoice.id, number: invoice.number } : {}),
  paymentId: payment.id,
  ...(payment.providerId === undefined ? {} : { providerId: payment.providerId }),
  ...(payment.failure === undefined ? {} : { reason: payment.failure }),
  method: payment.method,
  amountMinor: payment.amountMinor,
  currency: payment.currency,
  state: payment.state,
});

/** What arrived money leads to: invoices paid in whole, or a part of what is owed. */
export const arrivalEvents = (
  payment: Payment,
  about: Invoice | undefined,
  paid: readonly Invoice[],
): LoggedEvent[] =>
  paid.length > 0
    ? paid.map((invoice) => ({ type: 'invoice.paid', data: paymentFacts(payment, invoice) }))
    : [{ type: 'payment.received', data: paymentFacts(payment, about) }];

/** Takes the provider's report into the books, once; a report of old news changes nothing. */
export async function receivePayment(
  t: Tenant,
  { jobId, invoiceId }: MoneyFor,
  report: PaymentReport,
): Promise<void> {
  await changeBooks(t, jobId, async ({ job }, books, instant) => {
    const target = await targetOf(t, job, books, invoiceId);
    const before = books.payments.find(({ key }) => key === report.providerId);
    const payment = takePayment(target, before, report, newId('pay'), instant);
    if (!payment) return undefined;
    const { state } = payment;
    const about = books.invoices.find(({ id }) => id === target.invoiceId);
    const odd = state === 'surplus' || state === 'mismatch';
    if (odd) logger.error('a payment does not match its invoice', { shopId: t.shopId, jobId, state });
    return {
      result: payment.id,
      actor: provider,
      payment,
      events: (_, paid) => {
        if (state === 'settled') return arrivalEvents(payment, about, paid);
        return [{ type: odd ? 'payment.unmatched' : `payment.${state}`, data: paymentFacts(payment, about) }];
      },
    };
  });
}

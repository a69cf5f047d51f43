import * as routes from '#contract/routes/billing.ts';
import { paymentAccounts } from '../../adapters/dynamo/directory.ts';
import { jobOfPayment } from '../../adapters/dynamo/repositories/books.ts';
import { findInvoice } from '../../adapters/dynamo/repositories/invoices.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import {
  isOurPayment,
  readNotice,
  type PaidReference,
  type PaymentNotice,
} from '../../adapters/stripe/notices.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { logger } from '../../logger.ts';
import { keepCard } from '../../use-cases/keep-card.ts';
import { receivePayment, type MoneyFor } from '../../use-cases/receive-payment.ts';
import { noteRefund } from '../../use-cases/return-payment.ts';
import { closePaymentPage } from '../../use-cases/close-payment-page.ts';

export const stripeWebhook = implement(routes.stripeWebhook, async ({ rawBody, headers }) => {
  const notice = await readNotice(rawBody, headers['stripe-signature']);
  if (notice === 'forged') throw new ApiError('unauthenticated', 'The signature does not hold.');
  if (notice) await act(notice);
  return { received: true as const };
});

/** The account says whose money it is; the notice's own words are never trusted for that. */
async function act(notice: PaymentNotice): Promise<void> {
  const shopId = await paymentAccounts.find(notice.account);
  if (!shopId) return logger.warn('payment for an unknown account');
  const t = tenant(shopId);
  if (notice.kind === 'refund') {
    const jobId = await jobOfPayment(t, notice.paymentId);
    if (jobId) return noteRefund(t, jobId, notice);
    // Notices come in any order: the provider tells of the refund again, once the payment is in the books.
    if (await isOurPayment(notice.account, notice.paymentId))
      throw new ApiError('not_ready', 'The payment of this refund has not been reported yet.');
    return logger.warn('refund of an unknown payment', { shopId });
  }
  const paidFor = await moneyFor(t, notice.paidFor);
  if (!paidFor) return logger.warn('payment for what is not there', { shopId });
  await receivePayment(t, paidFor, notice.report);
  if (notice.report.outcome !== 'paid') return;
  // After the books, and again with every repetition of the notice, so that a crash in between leaves nothing undone.
  await closePaymentPage(t, paidFor.invoiceId ?? paidFor.jobId);
  if (notice.keptFor !== undefined)
    await keepCard(t, paidFor.jobId, notice.account, notice.keptFor, notice.report.providerId);
}

async function moneyFor(t: Tenant, reference: PaidReference): Promise<MoneyFor | undefined> {
  if ('jobId' in reference) return (await findJob(t, reference.jobId)) ? reference : undefined;
  const invoice = await findInvoice(t, reference.invoiceId);
  return invoice && { jobId: invoice.jobId, invoiceId: invoice.id };
}

import * as routes from '#contract/routes/billing.ts';
import { takePayment, type PaymentReport } from '#domain/invoice/payment.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { paymentAccounts } from '../../adapters/dynamo/directory.ts';
import {
  findInvoice,
  invoicesOfJob,
  paymentsOf,
  paymentWrites,
} from '../../adapters/dynamo/repositories/invoices.ts';
import { amendWrites, loadJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { readNotice, type PaymentNotice } from '../../adapters/stripe/stripe.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { logger } from '../../logger.ts';
import { closePaymentPage } from './payment-page.ts';

export const stripeWebhook = implement(routes.stripeWebhook, async ({ rawBody, headers }) => {
  const notice = await readNotice(rawBody, headers['stripe-signature']);
  if (notice === 'forged') throw new ApiError('unauthenticated', 'The signature does not hold.');
  if (notice) await settle(notice);
  return { received: true as const };
});

/** The account says whose money it is; the notice's own words are never trusted for that. */
async function settle(notice: PaymentNotice): Promise<void> {
  const shopId = await paymentAccounts.find(notice.account);
  if (!shopId) return logger.warn('payment for an unknown account');
  const t = tenant(shopId);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await record(t, notice.report);
      break;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === 5) throw error;
    }
  }
  // After the books, and again with every repetition of the notice, so that a crash in between leaves no page open.
  if (notice.report.outcome === 'paid') await closePaymentPage(t, notice.report.invoiceId);
}

/** Stores the payment and what it did, in one transaction; a report of old news changes nothing. */
async function record(t: Tenant, report: PaymentReport): Promise<void> {
  const known = await findInvoice(t, report.invoiceId);
  if (!known) return logger.warn('payment for an unknown invoice', { shopId: t.shopId });
  // The job first: whatever changes the rows read after it, changes its version too.
  const loaded = await loadJob(t, known.jobId);
  if (!loaded) throw new Error(`Invoice ${known.id} has no job`);
  const [invoices, payments] = await Promise.all([invoicesOfJob(t, known.jobId), paymentsOf(t, known.id)]);
  const invoice = invoices.find(({ id }) => id === known.id) ?? known;
  const before = payments.find(({ providerId }) => providerId === report.providerId);
  const instant = now();
  const taken = takePayment(invoice, before, report, instant);
  if (!taken) return;
  const { providerId, amountMinor, currency, state } = taken.payment;
  if (taken.event === 'payment.unmatched')
    logger.error('a payment does not match its invoice', { shopId: t.shopId, invoiceId: invoice.id, state });
  const othersPaid = invoices.every(({ id, state }) => id === invoice.id || state === 'paid');
  await commit(t.client, [
    ...paymentWrites(t, taken, before),
    ...amendWrites(t, loaded.job, taken.paid && othersPaid ? { payment: 'paid' } : {}, instant, {
      event: {
        type: taken.event,
        data: { invoiceId: invoice.id, number: invoice.number, providerId, amountMinor, currency, state },
      },
      actor: { kind: 'system', name: 'payments' },
    }),
  ]);
}

import * as routes from '#contract/routes/billing.ts';
import { payInvoice, type Payment } from '#domain/invoice/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { paymentAccounts } from '../../adapters/dynamo/directory.ts';
import { findInvoice, payWrites } from '../../adapters/dynamo/repositories/invoices.ts';
import { amendWrites, loadJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { readNotice, type PaymentNotice } from '../../adapters/stripe/stripe.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { logger } from '../../logger.ts';

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
      return await record(t, notice);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === 5) throw error;
    }
  }
}

async function record(
  t: Tenant,
  { invoiceId, paymentId, amountMinor, currency }: PaymentNotice,
): Promise<void> {
  const invoice = await findInvoice(t, invoiceId);
  if (!invoice) return logger.warn('payment for an unknown invoice', { shopId: t.shopId });
  const instant = now();
  const payment: Payment = {
    providerId: paymentId,
    invoiceId: invoice.id,
    amountMinor,
    currency,
    receivedAt: instant,
  };
  const paid = payInvoice(invoice, payment);
  if (!paid) return;
  if (isRefusal(paid))
    return logger.error('payment does not match its invoice', { shopId: t.shopId, invoiceId: invoice.id });
  const loaded = await loadJob(t, invoice.jobId);
  if (!loaded) throw new Error(`Invoice ${invoice.id} has no job`);
  const event = {
    type: 'invoice.paid' as const,
    data: { invoiceId: invoice.id, number: invoice.number, amountMinor, currency },
  };
  await commit(t.client, [
    ...payWrites(t, paid, payment),
    ...amendWrites(t, loaded.job, { payment: 'paid' }, instant, {
      event,
      actor: { kind: 'system', name: 'payments' },
    }),
  ]);
}

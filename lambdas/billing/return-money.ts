import type { Actor } from '#domain/actor.ts';
import { settleCancellation } from '#domain/payment/cancellation.ts';
import { askRefund, type Refund } from '#domain/payment/refund.ts';
import { isRefusal } from '#domain/refusal.ts';
import { reactor } from '../events/reactor.ts';
import { newId } from '../adapters/ids.ts';
import { loadBooks } from '../adapters/dynamo/repositories/books.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { refundPayment } from '../adapters/stripe/stripe.ts';
import { logger } from '../logger.ts';
import { changeBooks } from '../use-cases/change-books.ts';
import { creditNoteEvent, creditNoteFor, refundFacts, settleRefund } from '../use-cases/return-payment.ts';

const actor: Actor = { kind: 'system', name: 'refunds' };

/**
 * Money goes back. A canceled job's books are settled as it was decided, once; a refund that was asked for is made at the provider,
 * which knows it by our id: asked twice, or again after days, it is one.
 */
export const handler = reactor('return-money', async ({ shopId, jobId, type, data }) => {
  const t = tenant(shopId);
  if (type === 'refund.asked') await makeRefund(t, jobId, String(data['refundId']));
  else await settle(t, jobId);
});

async function settle(t: Tenant, jobId: string): Promise<void> {
  await changeBooks(t, jobId, async ({ job }, books, instant) => {
    const { returning } = job;
    if (!returning || !job.status.startsWith('canceled')) return undefined;
    const { refunds: wanted, credit, keptMinor } = settleCancellation(job, books, returning);
    const refunds: Refund[] = [];
    for (const { payment, amountMinor } of wanted) {
      const refund = askRefund(
        {
          id: newId('rfd'),
          payment,
          refunds: books.refunds,
          amountMinor,
          by: 'provider',
          reason: returning.reason,
          askedBy: 'cancellation',
        },
        instant,
      );
      if (isRefusal(refund)) throw new Error(`Job ${jobId} can not return its money: ${refund.message}`);
      refunds.push(refund);
    }
    const { reason } = returning;
    const credited =
      credit &&
      (await creditNoteFor(
        t,
        credit.invoice,
        books.creditNotes,
        { amountMinor: credit.amountMinor, reason },
        instant,
      ));
    if (isRefusal(credited)) throw new Error(`Job ${jobId} can not be credited: ${credited.message}`);
    return {
      result: undefined,
      actor,
      refunds,
      ...(credited ? { credited } : {}),
      job: {
        returning: undefined,
        ...(keptMinor > 0 ? { kept: { amountMinor: keptMinor, reason } } : {}),
      },
      events: () => [
        ...(credited ? [creditNoteEvent(credited.note)] : []),
        ...refunds.map((refund) => ({ type: 'refund.asked' as const, data: refundFacts(refund) })),
      ],
    };
  });
}

async function makeRefund(t: Tenant, jobId: string, refundId: string): Promise<void> {
  const { payments, refunds } = await loadBooks(t, jobId);
  const refund = refunds.find(({ id }) => id === refundId);
  const payment = payments.find(({ id }) => id === refund?.paymentId);
  if (refund?.state !== 'pending' || payment?.providerId === undefined) return;
  const { paymentAccountId } = await loadShop(t);
  if (!paymentAccountId) return logger.error('a refund without an account', { shopId: t.shopId, refundId });
  const { amountMinor, providerId } = refund;
  const asked = { id: refundId, paymentId: payment.providerId, amountMinor, providerId };
  // The end of one that takes days comes with the provider's notice.
  await settleRefund(t, jobId, refundId, await refundPayment(paymentAccountId, asked));
}

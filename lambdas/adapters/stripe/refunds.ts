import type Stripe from 'stripe';
import type { RefundAnswer } from '#domain/payment/refund.ts';
import { refundMark } from './marks.ts';
import { isInvalidRequest, provider } from './provider.ts';

/** A refund of ours, as it is asked of the provider. */
export interface RefundOrder {
  id: string;
  /** The provider's id of what is refunded. */
  paymentId: string;
  amountMinor: number;
  /** The provider's own id, when it has answered before. */
  providerId?: string | undefined;
}

/**
 * Sends money of a payment back by the way it came. Same refund, same movement, however late: one that was made is looked up, by its
 * id or our mark, since the provider forgets idempotency keys after a day.
 */
export async function refundPayment(account: string, refund: RefundOrder): Promise<RefundAnswer> {
  const stripe = await provider();
  const before = await findRefund(account, refund);
  if (before) return answerOf(before);
  try {
    const made = await stripe.post<Stripe.Refund>(
      ['refunds'],
      {
        payment_intent: refund.paymentId,
        amount: refund.amountMinor,
        metadata: { [refundMark]: refund.id },
      },
      { account, key: refund.id },
    );
    return answerOf(made);
  } catch (error) {
    // The provider has understood and says no; anything else is tried again.
    if (!isInvalidRequest(error)) throw error;
    return { outcome: 'failed', failure: error.message };
  }
}

async function findRefund(
  account: string,
  { id: refundId, paymentId, providerId }: RefundOrder,
): Promise<Stripe.Refund | undefined> {
  const stripe = await provider();
  if (providerId !== undefined) return stripe.get<Stripe.Refund>(['refunds', providerId], { account });
  const refunds = stripe.list<Stripe.Refund>(['refunds'], { payment_intent: paymentId }, { account });
  for await (const each of refunds) if (each.metadata?.[refundMark] === refundId) return each;
  return undefined;
}

/** What a refund of the provider's says of itself. */
export type AnswerOfRefund = RefundAnswer & { providerId: string };

export function answerOf({ id: providerId, status, failure_reason: failure }: Stripe.Refund): AnswerOfRefund {
  if (status === 'succeeded') return { outcome: 'settled', providerId };
  if (status === 'failed' || status === 'canceled')
    return { outcome: 'failed', providerId, failure: failure ?? 'The bank did not take the money back.' };
  return { outcome: 'pending', providerId };
}

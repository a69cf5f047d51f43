import { moneyWriter } from '../price/money-words.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Payment } from './payment.ts';
import { offlineMethods } from './payment.ts';

/**
 * How money went back: by the payment provider, or outside it as the shop recorded. A `reversal` returns nothing: the payment
 * had been recorded by mistake.
 */
export const refundWays = ['provider', ...offlineMethods, 'reversal'] as const;
export type RefundWay = (typeof refundWays)[number];

/** `pending`: asked of the provider. `failed`: it could not; the money is still the shop's. */
export const refundStates = ['pending', 'settled', 'failed'] as const;

/** Money of one payment that went back. Rows are added, never taken away. */
export interface Refund {
  id: string;
  jobId: string;
  paymentId: string;
  amountMinor: number;
  currency: string;
  by: RefundWay;
  /** Number of the check, of the transfer. */
  reference?: string;
  reason: string;
  state: (typeof refundStates)[number];
  askedAt: string;
  askedBy: string;
  settledAt?: string;
  /** The provider's own id. */
  providerId?: string;
  /** Why the provider could not. */
  failure?: string;
}

export const refundEventTypes = [
  'payment.reversed',
  'refund.asked',
  'refund.settled',
  'refund.failed',
] as const;

/** What of the payment is left to return: what failed to go back is still there. */
export const refundable = (payment: Payment, refunds: readonly Refund[]): number =>
  (counts(payment) ? payment.amountMinor : 0) -
  refunds
    .filter(({ paymentId, state }) => paymentId === payment.id && state !== 'failed')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** Whether the money is in the shop's hands and of the job's currency. */
export const counts = ({ state }: Pick<Payment, 'state'>): boolean =>
  state === 'settled' || state === 'surplus';

export interface RefundWish {
  id: string;
  payment: Payment;
  /** Of the same job. */
  refunds: readonly Refund[];
  /** All that is left when absent. */
  amountMinor?: number | undefined;
  by: Exclude<RefundWay, 'reversal'>;
  reference?: string | undefined;
  reason: string;
  askedBy: string;
}

/** Returns a payment or a part of it. What goes by the provider is pending until the provider has answered. */
export function askRefund(wish: RefundWish, now: string): Refund | Refusal {
  const { id, payment, refunds, by, reference, reason, askedBy } = wish;
  const left = refundable(payment, refunds);
  if (left <= 0) return refuse('not_ready', 'Nothing of this payment is left to return.', 'paymentId');
  const amountMinor = wish.amountMinor ?? left;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > left)
    return refuse(
      'invalid',
      `Return at most ${moneyWriter(payment.currency)(left)}: that is what is left of the payment.`,
      'amountMinor',
    );
  if (by === 'provider' && payment.providerId === undefined)
    return refuse(
      'invalid',
      'This payment did not come by the payment provider: say how it goes back.',
      'by',
    );
  const refund: Refund = {
    id,
    jobId: payment.jobId,
    paymentId: payment.id,
    amountMinor,
    currency: payment.currency,
    by,
    ...(reference === undefined ? {} : { reference }),
    reason,
    state: by === 'provider' ? 'pending' : 'settled',
    askedAt: now,
    askedBy,
  };
  return by === 'provider' ? refund : { ...refund, settledAt: now };
}

/** Takes back a payment that was recorded by mistake: the row stays, and a row beside it says that it never was. */
export function reversePayment(
  { id, payment, refunds, reason, askedBy }: Omit<RefundWish, 'by' | 'amountMinor' | 'reference'>,
  now: string,
): Refund | Refusal {
  if (payment.method === 'online')
    return refuse('not_ready', 'The payment provider received this money. Refund it instead.', 'paymentId');
  if (refunds.some(({ paymentId, by }) => paymentId === payment.id && by === 'reversal'))
    return refuse('not_ready', 'This payment has been taken back already.', 'paymentId');
  if (refundable(payment, refunds) !== payment.amountMinor)
    return refuse('not_ready', 'A part of this payment has been returned: it was real money.', 'paymentId');
  return {
    id,
    jobId: payment.jobId,
    paymentId: payment.id,
    amountMinor: payment.amountMinor,
    currency: payment.currency,
    by: 'reversal',
    reason,
    state: 'settled',
    askedAt: now,
    askedBy,
    settledAt: now,
  };
}

/** What the provider says of a refund. A request that it refused has no id. */
export type RefundAnswer =
  | { outcome: 'settled' | 'pending'; providerId: string }
  | { outcome: 'failed'; providerId?: string; failure: string };

/**
 * Takes the provider's answer into the books; undefined when it is old news. Answers come in any order. That one of the provider's
 * refunds failed is the last word on it (docs.stripe.com/refunds, failed refunds); a request that was refused may turn out to have
 * been carried out before.
 */
export function answerRefund(refund: Refund, answer: RefundAnswer, now: string): Refund | undefined {
  const { failure: _, ...row } = refund;
  const isSame = row.providerId === answer.providerId;
  switch (answer.outcome) {
    case 'pending': {
      const isNews = row.state === 'pending' && row.providerId === undefined;
      return isNews ? { ...row, providerId: answer.providerId } : undefined;
    }
    case 'settled':
      if (row.state === 'settled' || (row.state === 'failed' && isSame)) return undefined;
      return { ...row, state: 'settled', settledAt: now, providerId: answer.providerId };
    case 'failed': {
      const isOfAnother = row.providerId !== undefined && !isSame;
      if (isOfAnother || (row.state === 'failed' && isSame)) return undefined;
      const { outcome: state, ...told } = answer;
      // A bank may send a refund back after it was made.
      return { ...row, ...told, state };
    }
  }
}

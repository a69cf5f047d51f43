import type { Invoice } from './invoice.ts';

/**
 * `pending`: promised by a method that takes days. `settled`: it paid the invoice. `surplus`: the invoice was paid already.
 * `mismatch`: not the invoice's total or currency. `failed`: promised, and never came.
 */
export const paymentStates = ['pending', 'settled', 'surplus', 'mismatch', 'failed'] as const;
export type PaymentProgress = (typeof paymentStates)[number];

/** One movement of money, keyed by the provider's own id so that it counts once. Money that arrived is never dropped. */
export interface Payment {
  providerId: string;
  invoiceId: string;
  amountMinor: number;
  currency: string;
  state: PaymentProgress;
  receivedAt: string;
}

/** What the provider says of a payment. */
export interface PaymentReport extends Pick<
  Payment,
  'providerId' | 'invoiceId' | 'amountMinor' | 'currency'
> {
  outcome: 'paid' | 'pending' | 'failed';
}

/** Events of a job about money that did not simply pay its invoice. */
export const paymentEventTypes = ['payment.pending', 'payment.unmatched', 'payment.failed'] as const;

export interface TakenPayment {
  payment: Payment;
  /** There when the payment settled it. */
  paid?: Invoice;
  event: 'invoice.paid' | (typeof paymentEventTypes)[number];
}

/**
 * Takes a report into the books; undefined when it is old news (repeated, or overtaken by how the payment ended).
 * @param before the payment as it is stored, if it is
 * @param now ISO 8601 UTC instant
 */
export function takePayment(
  invoice: Invoice,
  before: Payment | undefined,
  { outcome, ...report }: PaymentReport,
  now: string,
): TakenPayment | undefined {
  if (before && !mayFollow(before.state, outcome)) return undefined;
  const payment = (state: PaymentProgress): Payment => ({ ...report, state, receivedAt: now });
  if (outcome !== 'paid') return { payment: payment(outcome), event: `payment.${outcome}` };
  if (invoice.state === 'paid') return { payment: payment('surplus'), event: 'payment.unmatched' };
  if (report.currency !== invoice.currency || report.amountMinor !== invoice.totalMinor)
    return { payment: payment('mismatch'), event: 'payment.unmatched' };
  return {
    payment: payment('settled'),
    paid: { ...invoice, state: 'paid', paidAt: now },
    event: 'invoice.paid',
  };
}

/** Reports come late and out of order: arrived money has the last word, a failure the last but one. */
const mayFollow = (state: PaymentProgress, outcome: PaymentReport['outcome']): boolean =>
  state === 'pending' ? outcome !== 'pending' : state === 'failed' && outcome === 'paid';

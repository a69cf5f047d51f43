import { moneyWriter } from '../price/money-words.ts';
import { refuse, type Refusal } from '../refusal.ts';

/**
 * `pending`: promised by a method that takes days. `settled`: it counts. `surplus`: it counts, and nothing was owed any more.
 * `mismatch`: of another currency than the job; it counts for nothing. `failed`: promised or tried, and never came.
 */
export const paymentStates = ['pending', 'settled', 'surplus', 'mismatch', 'failed'] as const;
export type PaymentProgress = (typeof paymentStates)[number];

/** Ways of paying that the shop records by hand. */
export const offlineMethods = ['cash', 'check', 'wire', 'ach', 'card_terminal', 'other'] as const;
export type OfflineMethod = (typeof offlineMethods)[number];
export const paymentMethods = ['online', ...offlineMethods] as const;

/** One movement of money towards the shop. Money that arrived is never dropped, and no row is ever taken away. */
export interface Payment {
  id: string;
  /** What makes it one row: the provider's id, or our own of what was recorded by hand. */
  key: string;
  jobId: string;
  /** What it was paid for; a deposit has none and goes to the invoices of its job as they come. */
  invoiceId?: string;
  method: (typeof paymentMethods)[number];
  amountMinor: number;
  currency: string;
  state: PaymentProgress;
  receivedAt: string;
  /** The provider's own id. */
  providerId?: string;
  /** Number of the check, of the transfer, of the terminal's slip. */
  reference?: string;
  note?: string;
  recordedBy?: string;
  /** Why it did not come, in the provider's words. */
  failure?: string;
}

/** What the provider says of a payment. */
export interface PaymentReport extends Pick<Payment, 'amountMinor' | 'currency'> {
  providerId: string;
  outcome: 'paid' | 'pending' | 'failed';
  failure?: string;
}

/** Events of a job about money that did not simply arrive. */
export const paymentEventTypes = ['payment.pending', 'payment.unmatched', 'payment.failed'] as const;

/** What a payment is for. */
export interface PaymentTarget {
  jobId: string;
  invoiceId?: string;
  currency: string;
  /** What is still to be paid of it. */
  openMinor: number;
}

/**
 * Takes a report into the books; undefined when it is old news (repeated, or overtaken by how the payment ended).
 * @param before the payment as it is stored, if it is
 * @param fresh the id of a new row
 * @param now ISO 8601 UTC instant
 */
export function takePayment(
  target: PaymentTarget,
  before: Payment | undefined,
  { outcome, ...report }: PaymentReport,
  fresh: string,
  now: string,
): Payment | undefined {
  if (before && !mayFollow(before.state, outcome)) return undefined;
  const { jobId, invoiceId } = target;
  const payment: Omit<Payment, 'state'> = {
    id: before?.id ?? fresh,
    key: report.providerId,
    jobId,
    ...(invoiceId === undefined ? {} : { invoiceId }),
    method: 'online',
    ...report,
    receivedAt: now,
  };
  if (outcome !== 'paid') return { ...payment, state: outcome };
  if (report.currency !== target.currency) return { ...payment, state: 'mismatch' };
  return { ...payment, state: target.openMinor > 0 ? 'settled' : 'surplus' };
}

/** Reports come late and out of order: arrived money has the last word, a failure the last but one. */
const mayFollow = (state: PaymentProgress, outcome: PaymentReport['outcome']): boolean =>
  state === 'pending' ? outcome !== 'pending' : state === 'failed' && outcome === 'paid';

export interface RecordedPayment {
  id: string;
  target: PaymentTarget;
  amountMinor: number;
  method: OfflineMethod;
  reference?: string | undefined;
  note?: string | undefined;
  /** When the money came, if not now. */
  receivedAt?: string | undefined;
  recordedBy: string;
  /** The customer has given more than was asked for, and the shop means it. */
  moreThanOwed?: boolean | undefined;
}

/** Money that the shop took outside the provider (CO-65). More than is open is a slip of the finger unless the shop says so. */
export function recordPayment(wish: RecordedPayment, now: string): Payment | Refusal {
  const { id, target, amountMinor, method, reference, note, recordedBy, receivedAt = now } = wish;
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1)
    return refuse('invalid', 'Enter an amount above zero.', 'amountMinor');
  if (receivedAt > now) return refuse('invalid', 'This day has not come yet.', 'receivedOn');
  if (amountMinor > target.openMinor && wish.moreThanOwed !== true)
    return refuse(
      'invalid',
      `Only ${moneyWriter(target.currency)(target.openMinor)} is open. Correct the amount, or confirm that the customer paid more.`,
      'amountMinor',
    );
  const { jobId, invoiceId, currency } = target;
  return {
    id,
    key: id,
    jobId,
    ...(invoiceId === undefined ? {} : { invoiceId }),
    method,
    amountMinor,
    currency,
    state: 'settled',
    receivedAt,
    ...(reference === undefined ? {} : { reference }),
    ...(note === undefined ? {} : { note }),
    recordedBy,
  };
}

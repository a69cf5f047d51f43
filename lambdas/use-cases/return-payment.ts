import type { Actor } from '#domain/actor.ts';
import { issueCreditNote, type CreditNote } from '#domain/credit-note/credit-note.ts';
import type { LoggedEvent } from '#domain/event.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import { answerRefund, type Refund, type RefundAnswer } from '#domain/payment/refund.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { newId } from '../adapters/ids.ts';
import { lastSerial } from '../adapters/dynamo/repositories/serials.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { changeBooks, type BooksChange } from './change-books.ts';

const provider: Actor = { kind: 'system', name: 'payments' };

export const refundFacts = (refund: Refund): LoggedEvent['data'] => ({
  refundId: refund.id,
  paymentId: refund.paymentId,
  amountMinor: refund.amountMinor,
  currency: refund.currency,
  by: refund.by,
  reason: refund.failure ?? refund.reason,
});

export const creditNoteEvent = ({
  number,
  invoiceNumber,
  totalMinor,
  currency,
}: CreditNote): LoggedEvent => ({
  type: 'credit_note.issued',
  data: { number, invoiceNumber, totalMinor, currency },
});

/** The next credit note of an invoice, with its number. */
export async function creditNoteFor(
  t: Tenant,
  invoice: Invoice,
  creditNotes: readonly CreditNote[],
  wish: { id?: string; amountMinor?: number | undefined; reason: string },
  now: string,
): Promise<{ note: CreditNote; serial: number } | Refusal> {
  const serial = (await lastSerial(t, 'credit_notes')) + 1;
  const earlier = creditNotes.filter(({ invoiceId }) => invoiceId === invoice.id);
  const note = issueCreditNote({ id: newId('crn'), ...wish, serial, invoice, earlier }, now);
  return isRefusal(note) ? note : { note, serial };
}

/** Takes the provider's answer to one of our refunds into the books, once. */
export async function settleRefund(
  t: Tenant,
  jobId: string,
  refundId: string,
  answer: RefundAnswer,
): Promise<void> {
  await changeBooks(t, jobId, (_, { refunds }, instant) => {
    const before = refunds.find(({ id }) => id === refundId);
    return before && answered(before, answerRefund(before, answer, instant));
  });
}

/** Only what has ended is told. */
function answered(before: Refund | undefined, refund: Refund | undefined): BooksChange<string> | undefined {
  if (!refund) return undefined;
  const { state } = refund;
  return {
    result: refund.id,
    actor: provider,
    refunds: [refund],
    events: () =>
      state === 'pending' || state === before?.state
        ? []
        : [{ type: `refund.${state}`, data: refundFacts(refund) }],
  };
}

/** What the provider tells of a refund. */
export interface ToldRefund {
  paymentId: string;
  amountMinor: number;
  currency: string;
  /** One of ours. */
  refundId?: string;
  answer: RefundAnswer & { providerId: string };
}

/**
 * Takes a notice of a refund into the books: of one of ours, or of one that somebody made at the provider itself. The latter is
 * known by the provider's id from its end on; whatever order its notices come in, the books say the same.
 */
export async function noteRefund(t: Tenant, jobId: string, told: ToldRefund): Promise<void> {
  const { refundId, answer, paymentId, amountMinor, currency } = told;
  if (refundId !== undefined) return settleRefund(t, jobId, refundId, answer);
  await changeBooks(t, jobId, (_, { refunds, payments }, instant) => {
    const before = refunds.find(({ providerId }) => providerId === answer.providerId);
    if (before) return answered(before, answerRefund(before, answer, instant));
    const payment = payments.find(({ providerId }) => providerId === paymentId);
    if (!payment || answer.outcome === 'pending') return undefined;
    const asked: Refund = {
      id: newId('rfd'),
      jobId,
      paymentId: payment.id,
      amountMinor,
      currency,
      by: 'provider',
      reason: 'Refunded at the payment provider',
      state: 'pending',
      askedAt: instant,
      askedBy: 'payment provider',
    };
    return answered(undefined, answerRefund(asked, answer, instant));
  });
}

import type Stripe from 'stripe';
import { id } from '#contract/ids.ts';
import type { PaymentReport } from '#domain/payment/payment.ts';
import { keepMark, ownPageMark, pageMark, referenceMark, refundMark } from './marks.ts';
import { isInvalidRequest, paymentIdOf, provider, webhookSecret } from './provider.ts';
import { answerOf, type AnswerOfRefund } from './refunds.ts';
import { isSigned } from './signature.ts';

/** Whether a payment was asked for by us: the shop may sell on its account without us. */
export async function isOurPayment(account: string, paymentId: string): Promise<boolean> {
  const marks = await marksOf(account, paymentId);
  return [referenceMark, pageMark].some((mark) => referenceOf(marks[mark]) !== undefined);
}

async function marksOf(account: string, paymentId: string): Promise<Stripe.Metadata> {
  const stripe = await provider();
  try {
    return (await stripe.get<Stripe.PaymentIntent>(['payment_intents', paymentId], { account })).metadata;
  } catch (error) {
    if (!isInvalidRequest(error)) throw error;
    return {};
  }
}

/** What a payment is for: the id of an invoice or of a job. */
export type PaidReference = { invoiceId: string } | { jobId: string };

/** What the provider reports, as far as we act on it. `keptFor`: the customer agreed that the card is kept. */
export type PaymentNotice =
  | { kind: 'payment'; account: string; paidFor: PaidReference; report: PaymentReport; keptFor?: string }
  | {
      kind: 'refund';
      account: string;
      paymentId: string;
      amountMinor: number;
      currency: string;
      /** Ours, unless somebody refunded at the provider. */
      refundId?: string;
      answer: AnswerOfRefund;
    };

/**
 * A page's end is its payment only when `payment_status` says so: banks that take days report again
 * (docs.stripe.com/checkout/fulfillment, delayed notification payment methods).
 */
const pageOutcomes: Partial<Record<Stripe.Event['type'], PaymentReport['outcome']>> = {
  'checkout.session.completed': 'pending',
  'checkout.session.async_payment_succeeded': 'paid',
  'checkout.session.async_payment_failed': 'failed',
};
const chargeOutcomes: Partial<Record<Stripe.Event['type'], PaymentReport['outcome']>> = {
  'payment_intent.succeeded': 'paid',
  'payment_intent.processing': 'pending',
  'payment_intent.payment_failed': 'failed',
};
const refundTypes: readonly string[] = ['refund.created', 'refund.updated', 'refund.failed'];

/**
 * Verifies the signature over the raw body (300 s tolerance) and reads the notices we act on: how payment pages, charges of kept
 * cards and refunds ended.
 * @returns `forged` when the signature does not hold, undefined for notices of other kinds
 */
export async function readNotice(
  rawBody: string,
  signature: string | undefined,
): Promise<PaymentNotice | 'forged' | undefined> {
  const holds = isSigned(rawBody, signature ?? '', await webhookSecret(), Date.now() / 1000);
  if (!holds) return 'forged';
  const event = JSON.parse(rawBody) as Stripe.Event;
  const { type, account } = event;
  if (!account) return undefined;
  const { object } = event.data;
  const page = pageOutcomes[type];
  if (page) return pageNotice(account, page, object as Stripe.Checkout.Session);
  const charge = chargeOutcomes[type];
  if (charge) return chargeNotice(account, charge, object as Stripe.PaymentIntent);
  return refundTypes.includes(type) ? refundNotice(account, object as Stripe.Refund) : undefined;
}

/** Undefined for what is none of ours: the shop may sell on its account without us. */
function referenceOf(reference: string | null | undefined): PaidReference | undefined {
  const invoice = id('inv').safeParse(reference);
  if (invoice.success) return { invoiceId: invoice.data };
  const job = id('job').safeParse(reference);
  return job.success ? { jobId: job.data } : undefined;
}

/** Pages from before they carried a mark of their own are known by their payment's, which no payer can write either. */
async function isOurPage(account: string, session: Stripe.Checkout.Session): Promise<boolean> {
  const mark = session.metadata?.[ownPageMark] ?? (await marksOf(account, paymentIdOf(session)))[pageMark];
  return mark === session.client_reference_id;
}

async function pageNotice(
  account: string,
  outcome: PaymentReport['outcome'],
  session: Stripe.Checkout.Session,
): Promise<PaymentNotice | undefined> {
  const paidFor = referenceOf(session.client_reference_id);
  if (!paidFor || !(await isOurPage(account, session))) return undefined;
  if (session.amount_total === null || !session.currency) return undefined;
  const { customer } = session;
  const customerId = typeof customer === 'string' ? customer : customer?.id;
  const paid = outcome === 'pending' && session.payment_status === 'paid';
  return {
    kind: 'payment',
    account,
    paidFor,
    ...(session.metadata?.[keepMark] === 'yes' && customerId !== undefined ? { keptFor: customerId } : {}),
    report: {
      outcome: paid ? 'paid' : outcome,
      providerId: paymentIdOf(session),
      amountMinor: session.amount_total,
      currency: session.currency.toUpperCase(),
    },
  };
}

function chargeNotice(
  account: string,
  outcome: PaymentReport['outcome'],
  intent: Stripe.PaymentIntent,
): PaymentNotice | undefined {
  // The payments of pages carry no mark: their pages report them.
  const paidFor = referenceOf(intent.metadata?.[referenceMark]);
  if (!paidFor) return undefined;
  const failure = intent.last_payment_error?.message;
  return {
    kind: 'payment',
    account,
    paidFor,
    report: {
      outcome,
      providerId: intent.id,
      amountMinor: intent.amount,
      currency: intent.currency.toUpperCase(),
      ...(outcome === 'failed' && failure ? { failure } : {}),
    },
  };
}

function refundNotice(account: string, refund: Stripe.Refund): PaymentNotice | undefined {
  const { payment_intent: intent } = refund;
  const paymentId = typeof intent === 'string' ? intent : intent?.id;
  if (paymentId === undefined) return undefined;
  const own = id('rfd').safeParse(refund.metadata?.[refundMark]);
  return {
    kind: 'refund',
    account,
    paymentId,
    amountMinor: refund.amount,
    currency: refund.currency.toUpperCase(),
    ...(own.success ? { refundId: own.data } : {}),
    answer: answerOf(refund),
  };
}

import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type Stripe from 'stripe';
import { id } from '#contract/ids.ts';
import type { PaymentReport } from '#domain/payment/payment.ts';
import type { RefundAnswer } from '#domain/payment/refund.ts';
import { environment } from '../../env.ts';
import { StripeError, stripeClient } from './client.ts';
import { isSigned } from './signature.ts';

const { STRIPE_SECRET_PARAMETER, STRIPE_WEBHOOK_SECRET_PARAMETER, STRIPE_URL } = environment(
  'STRIPE_SECRET_PARAMETER',
  'STRIPE_WEBHOOK_SECRET_PARAMETER',
  'STRIPE_URL',
);
const ssm = new SSMClient({});

async function parameter(Name: string): Promise<string> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));
  if (!Parameter?.Value) throw new Error(`Parameter ${Name} is empty`);
  return Parameter.Value;
}

const remember = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    made.catch(() => (made = undefined));
    return made;
  };
};

const provider = remember(async () => stripeClient(await parameter(STRIPE_SECRET_PARAMETER), STRIPE_URL));
const webhookSecret = remember(() => parameter(STRIPE_WEBHOOK_SECRET_PARAMETER));

/** Opens an account of the shop's own: it, not Kerf, is party to its sales. Same `key`, same account. */
export async function openAccount(shop: { name: string; email: string }, key: string): Promise<string> {
  const stripe = await provider();
  const account = await stripe.post<Stripe.Account>(
    ['accounts'],
    {
      type: 'standard',
      email: shop.email,
      business_profile: { name: shop.name },
    },
    { key },
  );
  return account.id;
}

const isInvalidRequest = (error: unknown): error is StripeError =>
  error instanceof StripeError && error.isInvalidRequest;

export interface CheckoutOrder {
  account: string;
  /** The id of the invoice or job that is paid for. */
  reference: string;
  label: string;
  amountMinor: number;
  currency: string;
  customerEmail: string;
  /** The customer at the provider, when they agreed that the card is kept for later charges. */
  keepFor?: string | undefined;
  successUrl: string;
  cancelUrl: string;
}

/** Told with a page whose card is to be kept. */
const keepMark = 'kerf_keep';
/** Names what a charge without a page is for, and our own refund. */
const referenceMark = 'kerf_for';
/** Names what a page of ours is for: any payer may write a reference into the address of a payment link of the shop's, but no mark. */
const ownPageMark = 'kerf_reference';
/** Names what the payment of a page is for; the page itself reports how it went. */
const pageMark = 'kerf_page';
const refundMark = 'kerf_refund';
/** Names the try that a charge was made for: its idempotency key, which the provider itself forgets after a day. */
const tryMark = 'kerf_try';

/** A payment page as a direct charge on the shop's account. Same `key`, same page. */
export async function openCheckoutPage(
  order: CheckoutOrder,
  key: string,
): Promise<{ sessionId: string; url: string }> {
  const stripe = await provider();
  const session = await stripe.post<Stripe.Checkout.Session>(
    ['checkout', 'sessions'],
    {
      mode: 'payment',
      client_reference_id: order.reference,
      metadata: {
        [ownPageMark]: order.reference,
        ...(order.keepFor === undefined ? {} : { [keepMark]: 'yes' }),
      },
      ...(order.keepFor === undefined
        ? { customer_email: order.customerEmail }
        : { customer: order.keepFor }),
      payment_intent_data: {
        metadata: { [pageMark]: order.reference },
        ...(order.keepFor === undefined ? {} : { setup_future_usage: 'off_session' }),
      },
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: order.currency.toLowerCase(),
            unit_amount: order.amountMinor,
            product_data: { name: order.label },
          },
        },
      ],
      success_url: order.successUrl,
      cancel_url: order.cancelUrl,
    },
    { account: order.account, key },
  );
  if (!session.url) throw new Error('The payment provider answered without a page');
  return { sessionId: session.id, url: session.url };
}

/** A payment page as it stands: to be paid, over, or paid (its money may still be on its way). */
export type CheckoutPage =
  { state: 'open'; url: string } | { state: 'expired' } | { state: 'complete'; paymentId: string };

export async function findCheckoutPage(account: string, sessionId: string): Promise<CheckoutPage> {
  const stripe = await provider();
  const session = await stripe.get<Stripe.Checkout.Session>(['checkout', 'sessions', sessionId], { account });
  if (session.status === 'complete') return { state: 'complete', paymentId: paymentIdOf(session) };
  return session.status === 'open' && session.url
    ? { state: 'open', url: session.url }
    : { state: 'expired' };
}

/** Closes a page that is open. One that was paid or expired meanwhile stays what it is. */
export async function expireCheckoutPage(account: string, sessionId: string): Promise<void> {
  const stripe = await provider();
  try {
    await stripe.post(['checkout', 'sessions', sessionId, 'expire'], {}, { account });
  } catch (error) {
    if (!isInvalidRequest(error)) throw error;
  }
}

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

/** Makes the customer known to the provider, on the shop's own account. Same `key`, same customer. */
export async function openProviderCustomer(
  account: string,
  { name, email }: { name: string; email: string },
  key: string,
): Promise<string> {
  const stripe = await provider();
  const customer = await stripe.post<Stripe.Customer>(['customers'], { name, email }, { account, key });
  return customer.id;
}

/** A kept card as people know it. `expires` is `MM/YYYY`. */
export interface KeptCard {
  id: string;
  brand: string;
  last4: string;
  expires: string;
}

/** The card that a payment was made with, when the provider keeps it for this customer. */
export async function findKeptCard(
  account: string,
  paymentId: string,
  providerCustomerId: string,
): Promise<KeptCard | undefined> {
  const stripe = await provider();
  const at = { account };
  const { payment_method: used } = await stripe.get<Stripe.PaymentIntent>(['payment_intents', paymentId], at);
  const methodId = typeof used === 'string' ? used : used?.id;
  if (methodId === undefined) return undefined;
  const {
    id: cardId,
    card,
    customer,
  } = await stripe.get<Stripe.PaymentMethod>(['payment_methods', methodId], at);
  if (!card || (typeof customer === 'string' ? customer : customer?.id) !== providerCustomerId)
    return undefined;
  const expires = `${String(card.exp_month).padStart(2, '0')}/${card.exp_year}`;
  return { id: cardId, brand: card.brand, last4: card.last4, expires };
}

/** Forgets a kept card. One that is forgotten already stays so. */
export async function forgetCard(account: string, methodId: string): Promise<void> {
  const stripe = await provider();
  try {
    await stripe.post(['payment_methods', methodId, 'detach'], {}, { account });
  } catch (error) {
    if (!isInvalidRequest(error)) throw error;
  }
}

export interface StoredCharge {
  account: string;
  reference: string;
  label: string;
  amountMinor: number;
  currency: string;
  providerCustomerId: string;
  methodId: string;
}

/** How a charge went. `authentication_required`: the bank wants to hear the customer, on a payment page. */
export interface ChargeAnswer {
  report: PaymentReport;
  problem?: 'declined' | 'authentication_required';
}

/**
 * Charges a kept card while its customer is away. Same `key`, same charge, for a day (docs.stripe.com/api/idempotent_requests): later
 * it is looked up by `findCharge`.
 */
export async function chargeKeptCard(charge: StoredCharge, key: string): Promise<ChargeAnswer> {
  const stripe = await provider();
  const { amountMinor, currency } = charge;
  try {
    const intent = await stripe.post<Stripe.PaymentIntent>(
      ['payment_intents'],
      {
        amount: amountMinor,
        currency: currency.toLowerCase(),
        customer: charge.providerCustomerId,
        payment_method: charge.methodId,
        off_session: true,
        confirm: true,
        description: charge.label,
        metadata: { [referenceMark]: charge.reference, [tryMark]: key },
      },
      { account: charge.account, key },
    );
    return {
      report: {
        providerId: intent.id,
        amountMinor,
        currency,
        outcome: intent.status === 'succeeded' ? 'paid' : 'pending',
      },
    };
  } catch (error) {
    if (!(error instanceof StripeError && error.type === 'card_error')) throw error;
    const { code, message, paymentIntentId } = error;
    return {
      problem: problemOf(code),
      report: {
        providerId: paymentIntentId ?? `declined_${key.slice(0, 40)}`,
        amountMinor,
        currency,
        outcome: 'failed',
        failure: message,
      },
    };
  }
}

const problemOf = (code: string | undefined): NonNullable<ChargeAnswer['problem']> =>
  code === 'authentication_required' ? 'authentication_required' : 'declined';

/** Clocks differ: the provider's may be this much behind ours. */
const clockSkewSeconds = 3600;

/**
 * How the charge went that was asked for with this `key`. Nothing is charged by asking.
 * @param askedAt ISO 8601 UTC instant of its claim; without it the charge may be older than the mark of its try
 * @returns undefined when the provider has charged nothing
 */
export async function findCharge(
  charge: StoredCharge,
  key: string,
  askedAt: string | undefined,
): Promise<ChargeAnswer | undefined> {
  const stripe = await provider();
  const query = {
    customer: charge.providerCustomerId,
    ...(askedAt === undefined
      ? {}
      : { created: { gte: Math.floor(Date.parse(askedAt) / 1000) - clockSkewSeconds } }),
  };
  const isUnmarked = ({ amount, metadata }: Stripe.PaymentIntent) =>
    metadata[tryMark] === undefined &&
    metadata[referenceMark] === charge.reference &&
    amount === charge.amountMinor;
  const intents = stripe.list<Stripe.PaymentIntent>(['payment_intents'], query, { account: charge.account });
  for await (const intent of intents)
    if (intent.metadata[tryMark] === key || (askedAt === undefined && isUnmarked(intent)))
      return answerOfCharge(intent);
  return undefined;
}

/** Undefined of one that has begun and not been charged. */
function answerOfCharge(intent: Stripe.PaymentIntent): ChargeAnswer | undefined {
  const { id: providerId, amount: amountMinor, status, last_payment_error: error } = intent;
  const report = { providerId, amountMinor, currency: intent.currency.toUpperCase() };
  if (status === 'succeeded') return { report: { ...report, outcome: 'paid' } };
  if (!['requires_payment_method', 'requires_confirmation', 'canceled'].includes(status))
    return { report: { ...report, outcome: 'pending' } };
  if (!error) return undefined;
  const failure = error.message ?? 'The card was declined.';
  return { problem: problemOf(error.code), report: { ...report, outcome: 'failed', failure } };
}

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

type AnswerOfRefund = RefundAnswer & { providerId: string };

function answerOf({ id: providerId, status, failure_reason: failure }: Stripe.Refund): AnswerOfRefund {
  if (status === 'succeeded') return { outcome: 'settled', providerId };
  if (status === 'failed' || status === 'canceled')
    return { outcome: 'failed', providerId, failure: failure ?? 'The bank did not take the money back.' };
  return { outcome: 'pending', providerId };
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

const paymentIdOf = ({ id, payment_intent: intent }: Stripe.Checkout.Session): string =>
  (typeof intent === 'string' ? intent : intent?.id) ?? id;

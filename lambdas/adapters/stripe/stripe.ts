import type Stripe from 'stripe';
import type { PaymentReport } from '#domain/payment/payment.ts';
import { StripeError } from './client.ts';
import { keepMark, ownPageMark, pageMark, referenceMark, tryMark } from './marks.ts';
import { isInvalidRequest, paymentIdOf, provider } from './provider.ts';

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
    if (!(error instanceof StripeError && (error.type === 'card_error' || error.isInvalidRequest)))
      throw error;
    const { code, paymentIntentId } = error;
    return {
      problem: problemOf(code),
      report: {
        providerId: paymentIntentId ?? `declined_${key.slice(0, 40)}`,
        amountMinor,
        currency,
        outcome: 'failed',
        failure: failureOf(error),
      },
    };
  }
}

/**
 * In words for the customer. A card that was taken off at the provider is refused as a request that can not be: to those who charge it, it
 * is declined.
 */
const failureOf = ({ type, message }: StripeError): string =>
  type === 'card_error' ? message : 'The card can not be charged any more.';

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

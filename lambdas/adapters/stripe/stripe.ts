import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import Stripe from 'stripe';
import { id } from '#contract/ids.ts';
import type { PaymentReport } from '#domain/invoice/payment.ts';
import { environment } from '../../env.ts';

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

const provider = remember(async () => {
  const place = STRIPE_URL ? new URL(STRIPE_URL) : undefined;
  return new Stripe(await parameter(STRIPE_SECRET_PARAMETER), {
    maxNetworkRetries: 2,
    telemetry: false,
    ...(place
      ? { host: place.hostname, port: place.port, protocol: place.protocol === 'http:' ? 'http' : 'https' }
      : {}),
  });
});
const webhookSecret = remember(() => parameter(STRIPE_WEBHOOK_SECRET_PARAMETER));

/** Opens an account of the shop's own: it, not Kerf, is party to its sales. Same `key`, same account. */
export async function openAccount(shop: { name: string; email: string }, key: string): Promise<string> {
  const stripe = await provider();
  const account = await stripe.accounts.create(
    {
      type: 'standard',
      email: shop.email,
      business_profile: { name: shop.name },
    },
    { idempotencyKey: key },
  );
  return account.id;
}

export interface CheckoutOrder {
  account: string;
  invoiceId: string;
  label: string;
  amountMinor: number;
  currency: string;
  customerEmail: string;
  successUrl: string;
  cancelUrl: string;
}

/** A payment page as a direct charge on the shop's account. Same `key`, same page. */
export async function openCheckoutPage(
  order: CheckoutOrder,
  key: string,
): Promise<{ sessionId: string; url: string }> {
  const stripe = await provider();
  const session = await stripe.checkout.sessions.create(
    {
      mode: 'payment',
      client_reference_id: order.invoiceId,
      customer_email: order.customerEmail,
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
    { stripeAccount: order.account, idempotencyKey: key },
  );
  if (!session.url) throw new Error('The payment provider answered without a page');
  return { sessionId: session.id, url: session.url };
}

/** A payment page as it stands: to be paid, over, or paid (its money may still be on its way). */
export type CheckoutPage =
  { state: 'open'; url: string } | { state: 'expired' } | { state: 'complete'; paymentId: string };

export async function findCheckoutPage(account: string, sessionId: string): Promise<CheckoutPage> {
  const stripe = await provider();
  const session = await stripe.checkout.sessions.retrieve(sessionId, {}, { stripeAccount: account });
  if (session.status === 'complete') return { state: 'complete', paymentId: paymentIdOf(session) };
  return session.status === 'open' && session.url
    ? { state: 'open', url: session.url }
    : { state: 'expired' };
}

/** Closes a page that is open. One that was paid or expired meanwhile stays what it is. */
export async function expireCheckoutPage(account: string, sessionId: string): Promise<void> {
  const stripe = await provider();
  try {
    await stripe.checkout.sessions.expire(sessionId, {}, { stripeAccount: account });
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
}

/** How a payment page ended, as the provider reports it. */
export interface PaymentNotice {
  account: string;
  report: PaymentReport;
}

/**
 * A page's end is its payment only when `payment_status` says so: banks that take days report again
 * (docs.stripe.com/checkout/fulfillment, delayed notification payment methods).
 */
const outcomes: Partial<Record<Stripe.Event['type'], PaymentReport['outcome']>> = {
  'checkout.session.completed': 'pending',
  'checkout.session.async_payment_succeeded': 'paid',
  'checkout.session.async_payment_failed': 'failed',
};

/**
 * Verifies the signature over the raw body (300 s tolerance) and reads the notices we act on: how payment pages ended.
 * @returns `forged` when the signature does not hold, undefined for notices of other kinds
 */
export async function readNotice(
  rawBody: string,
  signature: string | undefined,
): Promise<PaymentNotice | 'forged' | undefined> {
  // The SDK fails on an empty signature instead of refusing it.
  if (!/^t=\d+(,v\d+=[0-9a-f]+)+$/.test(signature ?? '')) return 'forged';
  const stripe = await provider();
  let event: Stripe.Event;
  try {
    event = stripe.webhooks.constructEvent(rawBody, signature ?? '', await webhookSecret());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return 'forged';
    throw error;
  }
  const outcome = outcomes[event.type];
  if (!outcome || !event.account) return undefined;
  const session = event.data.object as Stripe.Checkout.Session;
  const invoiceId = id('inv').safeParse(session.client_reference_id);
  // The shop may sell on its account without us.
  if (!invoiceId.success || session.amount_total === null || !session.currency) return undefined;
  return {
    account: event.account,
    report: {
      outcome: outcome === 'pending' && session.payment_status === 'paid' ? 'paid' : outcome,
      providerId: paymentIdOf(session),
      invoiceId: invoiceId.data,
      amountMinor: session.amount_total,
      currency: session.currency.toUpperCase(),
    },
  };
}

const paymentIdOf = ({ id, payment_intent: intent }: Stripe.Checkout.Session): string =>
  (typeof intent === 'string' ? intent : intent?.id) ?? id;

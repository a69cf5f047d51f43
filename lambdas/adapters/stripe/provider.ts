import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type Stripe from 'stripe';
import { environment } from '../../env.ts';
import { StripeError, stripeClient } from './client.ts';

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

/** The provider's API, with our key. */
export const provider = remember(async () =>
  stripeClient(await parameter(STRIPE_SECRET_PARAMETER), STRIPE_URL),
);
/** What the provider's notices are signed with. */
export const webhookSecret = remember(() => parameter(STRIPE_WEBHOOK_SECRET_PARAMETER));

/** The provider has understood and says no. */
export const isInvalidRequest = (error: unknown): error is StripeError =>
  error instanceof StripeError && error.isInvalidRequest;

/** Of a page that was paid; until then its own. */
export const paymentIdOf = ({ id, payment_intent: intent }: Stripe.Checkout.Session): string =>
  (typeof intent === 'string' ? intent : intent?.id) ?? id;

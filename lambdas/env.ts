import * as z from 'zod';
import { planNames } from '#domain/platform/plan.ts';

/** Environment of all functions, read piece by piece: each adapter parses what it needs when it is first loaded. */
const variables = {
  /** The role that is assumed for one shop at a time. */
  SHOP_ROLE_ARN: z.string().startsWith('arn:'),
  TABLE_NAME: z.string().min(3),
  /** Allowance of one caller of a shop. */
  CALLS_PER_MINUTE: z.coerce.number().int().positive(),
  /** The plan that a shop begins with. */
  FIRST_PLAN: z.enum(planNames),
  BUCKET_NAME: z.string().min(3),
  BUS_NAME: z.string().min(1),
  STATE_MACHINE_ARN: z.string().startsWith('arn:'),
  USER_POOL_ISSUER: z.url(),
  USER_POOL_CLIENT_ID: z.string().min(1),
  /** Where a browser finds the user pool. */
  IDENTITY_ENDPOINT: z.url(),
  AWS_REGION: z.string().min(1),
  SESSION_KEY_ID: z.string().min(1),
  MAIL_FROM: z.email(),
  /** The configuration set by which the provider reports what it sent. */
  MAIL_SET: z.string().min(1),
  /** Scheme and host of the web pages, without a slash at the end. */
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, '')),
  /** Where a browser opens MQTT over WebSocket. */
  LIVE_URL: z.url(),
  /** `host:port` at which agents connect. */
  AGENT_ENDPOINT: z.string().min(1),
  /** PEM of the authority that signed the agents' endpoint. */
  AGENT_AUTHORITY: z.string().startsWith('-----BEGIN CERTIFICATE-----'),
  AGENT_POLICY: z.string().min(1),
  AGENT_RULES: z.string().regex(/^[A-Za-z0-9_]+$/),
  STRIPE_SECRET_PARAMETER: z.string().startsWith('/'),
  STRIPE_WEBHOOK_SECRET_PARAMETER: z.string().startsWith('/'),
  /** Stripe's own address unless set. */
  STRIPE_URL: z.url().optional(),
};

type Variables = typeof variables;

/** The named variables, parsed; throws at cold start naming what is missing. */
export function environment<K extends keyof Variables>(...names: K[]): { [N in K]: z.output<Variables[N]> } {
  const schema = z.object(Object.fromEntries(names.map((name) => [name, variables[name]])));
  const parsed = schema.safeParse(process.env);
  if (!parsed.success)
    throw new Error(
      `Environment: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
    );
  return parsed.data as { [N in K]: z.output<Variables[N]> };
}

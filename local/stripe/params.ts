import * as z from 'zod';
import { invalidRequest } from './errors.ts';
import type { FormValue } from './form.ts';

export type Form = Record<string, FormValue>;

const wholeNumber = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);
const metadata = z.record(z.string().max(40), z.string().max(500)).default({});
const url = z.url({ protocol: /^https?$/ }).max(5000);
/** The parameters of each creating request; a parameter that is not here is refused, as Stripe does. */
export const schemas = {
  customer: z.strictObject({
    email: z.string().optional(),
    name: z.string().optional(),
    description: z.string().optional(),
    phone: z.string().optional(),
    metadata,
  }),
  account: z.strictObject({
    type: z.enum(['standard', 'express', 'custom']).default('standard'),
    country: z.string().length(2).default('US'),
    email: z.string().optional(),
    metadata,
    business_profile: z.record(z.string(), z.string()).optional(),
  }),
  endpoint: z.strictObject({
    url,
    enabled_events: z.array(z.string()).min(1),
    connect: z.enum(['true', 'false']).default('false'),
    description: z.string().optional(),
    api_version: z.string().optional(),
    metadata,
  }),
  refund: z.strictObject({
    payment_intent: z.string().optional(),
    charge: z.string().optional(),
    amount: wholeNumber.optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    refund_application_fee: z.enum(['true', 'false']).optional(),
    metadata,
  }),
  list: z.strictObject({
    customer: z.string().optional(),
    payment_intent: z.string().optional(),
    created: z.strictObject({ gte: wholeNumber }).optional(),
    limit: wholeNumber.pipe(z.int().min(1).max(100)).default(10),
    starting_after: z.string().optional(),
  }),
  intent: z.strictObject({
    amount: wholeNumber,
    currency: z.string().length(3).toLowerCase(),
    customer: z.string(),
    payment_method: z.string(),
    off_session: z.literal('true'),
    confirm: z.literal('true'),
    description: z.string().optional(),
    metadata,
  }),
  session: z.strictObject({
    mode: z.literal('payment'),
    line_items: z
      .array(
        z.strictObject({
          quantity: wholeNumber.default(1),
          price_data: z.strictObject({
            currency: z.string().length(3).toLowerCase(),
            unit_amount: wholeNumber,
            product_data: z.strictObject({
              name: z.string().min(1),
              description: z.string().optional(),
              metadata,
            }),
          }),
        }),
      )
      .min(1)
      .max(100),
    success_url: url,
    cancel_url: url.optional(),
    client_reference_id: z.string().max(200).optional(),
    customer: z.string().optional(),
    customer_email: z.email().optional(),
    expires_at: wholeNumber.optional(),
    locale: z.string().optional(),
    payment_method_types: z.array(z.literal('card')).optional(),
    payment_intent_data: z
      .strictObject({
        metadata,
        description: z.string().optional(),
        application_fee_amount: wholeNumber.optional(),
        receipt_email: z.string().optional(),
        setup_future_usage: z.literal('off_session').optional(),
      })
      .optional(),
    metadata,
  }),
};

/** Reads a form by a schema; the refusal names the parameter in Stripe's words. */
export function readParams<T>(schema: z.ZodType<T>, form: Form): T {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const unknown = issue.code === 'unrecognized_keys';
  const [first = '', ...rest] = [...issue.path, ...(unknown ? issue.keys.slice(0, 1) : [])].map(String);
  const param = first + rest.map((step) => `[${step}]`).join('');
  if (unknown)
    throw invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  if (missing)
    throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  throw invalidRequest(`Invalid ${param}: ${issue.message}`, { code: 'parameter_invalid', param });
}

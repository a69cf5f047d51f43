import * as z from 'zod';
import { invoiceStates } from '#domain/invoice/invoice.ts';
import { paymentMethods, paymentStates } from '#domain/payment/payment.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { currency, instant } from '../views/job.ts';

/** A movement of money towards the shop. `providerId` finds it at the provider. */
export const paymentView = z
  .object({
    id: id('pay'),
    providerId: z.string().optional(),
    invoiceId: id('inv').optional(),
    method: z.enum(paymentMethods),
    reference: z.string().optional(),
    /** To the shop only, like who recorded it. */
    note: z.string().optional(),
    recordedBy: z.string().optional(),
    /** Why it did not come. */
    failure: z.string().optional(),
    /** What of it can still be returned. */
    refundableMinor: z.int(),
    /** It had been recorded by mistake and counts for nothing. */
    reversed: z.boolean().optional(),
    amountMinor: z.int(),
    currency,
    state: z.enum(paymentStates),
    receivedAt: instant,
  })
  .meta({ id: 'Payment' });

export const invoiceView = z
  .object({
    id: id('inv'),
    jobId: id('job'),
    jobNumber: z.string(),
    number: z.string(),
    customer: z.object({ customerId: id('cus'), name: z.string(), email: z.string() }),
    currency,
    lines: z.array(
      z.object({ label: z.string(), quantity: z.number(), unitMinor: z.int(), totalMinor: z.int() }),
    ),
    subtotalMinor: z.int(),
    taxMinor: z.int(),
    totalMinor: z.int(),
    state: z.enum(invoiceStates),
    issuedAt: instant,
    dueAt: instant.optional(),
    creditedMinor: z.int(),
    paidMinor: z.int(),
    owedMinor: z.int(),
    paidAt: instant.optional(),
    /** What was paid for it and the deposits of its job, oldest first. */
    payments: z.array(paymentView),
  })
  .meta({ id: 'Invoice' });
export type InvoiceView = z.infer<typeof invoiceView>;

export const getInvoice = route({
  id: 'getInvoice',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}',
  context: 'billing',
  summary: 'An invoice',
  callers: { staff: ['owner', 'admin', 'sales', 'accountant'], customer: true, link: true },
  params: z.object({ invoiceId: id('inv') }),
  out: invoiceView,
  status: 200,
});

/** Where the customer comes back to, and what they agree to. */
export const checkoutBody = z
  .object({
    returnPath: z
      .string()
      .regex(/^\/[A-Za-z0-9/_#?=&.-]*$/)
      .max(300)
      .default('/'),
    /** The customer agrees that the provider keeps the card for charges by this shop. */
    keepMethod: z.boolean().default(false),
  })
  .default({ returnPath: '/', keepMethod: false });

export const openCheckout = route({
  id: 'openCheckout',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/checkout',
  context: 'billing',
  summary: "Open the payment provider's page for an invoice",
  callers: { customer: true, link: true },
  params: z.object({ invoiceId: id('inv') }),
  body: checkoutBody,
  out: z.object({ url: z.string() }),
  status: 200,
  idempotent: true,
});
export const stripeWebhook = route({
  id: 'stripeWebhook',
  method: 'POST',
  path: '/v1/webhooks/stripe',
  context: 'billing',
  summary: 'Where the payment provider reports',
  callers: { webhook: true },
  out: z.object({ received: z.literal(true) }),
  status: 200,
});

import * as z from 'zod';
import { paymentStates } from '#domain/invoice/payment.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { currency, instant } from '../views/job.ts';

/** A movement of money as the provider reported it. `providerId` finds it there. */
export const paymentView = z
  .object({
    providerId: z.string(),
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
    state: z.enum(['open', 'paid']),
    issuedAt: instant,
    paidAt: instant.optional(),
    /** Oldest first. */
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

export const openCheckout = route({
  id: 'openCheckout',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/checkout',
  context: 'billing',
  summary: "Open the payment provider's page for an invoice",
  callers: { customer: true, link: true },
  params: z.object({ invoiceId: id('inv') }),
  body: z
    .object({
      returnPath: z
        .string()
        .regex(/^\/[A-Za-z0-9/_#?=&.-]*$/)
        .max(300)
        .default('/'),
    })
    .default({ returnPath: '/' }),
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

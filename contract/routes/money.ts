import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { adjustmentStates } from '#domain/adjustment/adjustment.ts';
import { invoiceStates } from '#domain/invoice/invoice.ts';
import { jobPaymentStates } from '#domain/job/job.ts';
import { offlineMethods } from '#domain/payment/payment.ts';
import { refundStates, refundWays } from '#domain/payment/refund.ts';
import { day } from '../day.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { currency, instant } from '../views/job.ts';
import { checkoutBody, paymentView } from './billing.ts';
import { creditNoteView } from './documents.ts';

const moneyRoles = ['owner', 'admin', 'sales', 'accountant'] as const;
const bookRoles = ['owner', 'admin', 'accountant'] as const;
const jobParams = z.object({ jobId: id('job') });
const paymentParams = jobParams.extend({ paymentId: id('pay') });
const reason = line(200, 'Say why, in a few words.');
const amountMinor = z.int().min(1).max(1e11);

export const refundView = z
  .object({
    id: id('rfd'),
    paymentId: id('pay'),
    amountMinor: z.int(),
    currency,
    by: z.enum(refundWays),
    reference: z.string().optional(),
    reason: z.string(),
    state: z.enum(refundStates),
    askedAt: instant,
    /** To the shop only, like why it failed. */
    askedBy: z.string().optional(),
    settledAt: instant.optional(),
    failure: z.string().optional(),
  })
  .meta({ id: 'Refund' });

export const adjustmentView = z
  .object({
    id: id('adj'),
    label: z.string(),
    quantity: z.number(),
    unitMinor: z.int(),
    totalMinor: z.int(),
    taxMinor: z.int(),
    /** What it comes to for the customer, tax included. */
    amountMinor: z.int(),
    reason: z.string(),
    state: z.enum(adjustmentStates),
    at: instant,
    answeredBy: z.string().optional(),
    answeredAt: instant.optional(),
  })
  .meta({ id: 'Adjustment' });

/** A card that the customer lets the shop keep; the provider has it, Kerf knows its last digits. */
export const keptCard = z
  .object({ brand: z.string(), last4: z.string(), expires: z.string(), agreedAt: instant })
  .meta({ id: 'KeptCard' });

/** All money of a job. Always: owed - spare = invoiced - credited + kept - received + refunded. */
export const accountView = z
  .object({
    currency,
    payment: z.enum(jobPaymentStates),
    /** The agreed price with what was added since; none while there is no offer. */
    agreedMinor: z.int().optional(),
    depositMinor: z.int(),
    dueBeforeProductionMinor: z.int(),
    invoicedMinor: z.int(),
    creditedMinor: z.int(),
    keptMinor: z.int(),
    receivedMinor: z.int(),
    refundedMinor: z.int(),
    owedMinor: z.int(),
    /** In the shop's hands and on no invoice: deposits, and what was paid too much. */
    spareMinor: z.int(),
    /** Spare, and nothing left that it could be for. */
    overpaidMinor: z.int(),
    /** What may be paid online now: an open invoice, the deposit or the whole order. */
    payableMinor: z.int(),
    invoices: z.array(
      z.object({
        id: id('inv'),
        number: z.string(),
        state: z.enum(invoiceStates),
        totalMinor: z.int(),
        owedMinor: z.int(),
        issuedAt: instant,
        /** By the purchase order's terms where the shop has accepted one. */
        dueAt: instant.optional(),
      }),
    ),
    creditNotes: z.array(creditNoteView),
    payments: z.array(paymentView),
    refunds: z.array(refundView),
    adjustments: z.array(adjustmentView),
    /** To the shop and to the customer themselves, not by a mailed link. */
    keptCard: keptCard.optional(),
    /** The shop takes payments online. */
    online: z.boolean(),
    /** What the shop returns if the job is canceled now, by its rule. */
    refundOnCancelMinor: z.int(),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountView>;

export const getAccount = route({
  id: 'getAccount',
  method: 'GET',
  path: '/v1/jobs/{jobId}/account',
  context: 'billing',
  summary: 'All money of a job: what was agreed, invoiced, paid, returned, and what is open',
  callers: { staff: moneyRoles, customer: true, link: true },
  params: jobParams,
  out: accountView,
  status: 200,
});

export const recordPayment = route({
  id: 'recordPayment',
  method: 'POST',
  path: '/v1/jobs/{jobId}/payments',
  context: 'billing',
  summary: 'Record money taken outside the payment provider: a deposit, a part, or all',
  callers: { staff: moneyRoles },
  params: jobParams,
  body: z.object({
    amountMinor,
    method: z.enum(offlineMethods),
    /** For one invoice; otherwise a deposit, or for the oldest open invoice. */
    invoiceId: id('inv').optional(),
    /** Number of the check, of the transfer, of the terminal's slip. */
    reference: line(80).optional(),
    note: text(500).optional(),
    /** `YYYY-MM-DD`, if not today. */
    receivedOn: day.optional(),
    /** The customer has paid more than is open, and the shop means it. */
    moreThanOwed: z.boolean().default(false),
  }),
  out: accountView,
  status: 201,
  idempotent: true,
});

export const reversePayment = route({
  id: 'reversePayment',
  method: 'POST',
  path: '/v1/jobs/{jobId}/payments/{paymentId}/reverse',
  context: 'billing',
  summary: 'Take back a payment that was recorded by mistake: a row beside it says that it never was',
  callers: { staff: bookRoles },
  params: paymentParams,
  body: z.object({ reason }),
  out: accountView,
  status: 200,
  idempotent: true,
});

export const refundPayment = route({
  id: 'refundPayment',
  method: 'POST',
  path: '/v1/jobs/{jobId}/payments/{paymentId}/refunds',
  context: 'billing',
  summary:
    'Return a payment or a part of it; the invoice that it had paid is credited by as much unless told otherwise',
  callers: { staff: bookRoles },
  params: paymentParams,
  body: z.object({
    /** All that is left when absent. */
    amountMinor: amountMinor.optional(),
    /** By the provider, or how it went back outside it. */
    by: z.enum(['provider', ...offlineMethods]),
    reference: line(80).optional(),
    reason,
    /** The customer owes it again, and pays in another way. */
    keepInvoice: z.boolean().default(false),
  }),
  out: accountView,
  status: 201,
  idempotent: true,
});

const part = z.enum(['deposit', 'all']).optional();

export const openJobCheckout = route({
  id: 'openJobCheckout',
  method: 'POST',
  path: '/v1/jobs/{jobId}/checkout',
  context: 'billing',
  summary:
    "Open the payment provider's page for what is open of a job: an invoice, the deposit, or all of it",
  callers: { customer: true, link: true },
  params: jobParams,
  body: checkoutBody.unwrap().extend({ part }),
  out: z.object({ url: z.string(), amountMinor: z.int() }),
  status: 200,
  idempotent: true,
});

export const chargeStoredMethod = route({
  id: 'chargeStoredMethod',
  method: 'POST',
  path: '/v1/jobs/{jobId}/charge',
  context: 'billing',
  summary: 'Charge the card that the customer lets the shop keep, for what is open of a job',
  callers: { staff: bookRoles, customer: true },
  params: jobParams,
  body: z.object({
    part,
    /** What the caller saw; another amount is open by now: nothing is charged. */
    amountMinor,
  }),
  out: z.object({
    outcome: z.enum(['paid', 'pending', 'declined', 'authentication_required']),
    amountMinor: z.int(),
    /** In the bank's words. */
    message: z.string().optional(),
    /** Where it can be paid after all, when the card was not charged. */
    payUrl: z.string().optional(),
  }),
  status: 200,
  idempotent: true,
});

export const getStoredMethod = route({
  id: 'getStoredMethod',
  method: 'GET',
  path: '/v1/stored-method',
  context: 'billing',
  summary: 'The card that the customer lets the shop keep',
  callers: { customer: true },
  out: z.object({ method: keptCard.optional() }),
  status: 200,
});

export const removeStoredMethod = route({
  id: 'removeStoredMethod',
  method: 'POST',
  path: '/v1/stored-method/remove',
  context: 'billing',
  summary: 'Forget the card, here and at the payment provider',
  callers: { customer: true },
  out: z.object({ removed: z.literal(true) }),
  status: 200,
  idempotent: true,
});

export const addAdjustment = route({
  id: 'addAdjustment',
  method: 'POST',
  path: '/v1/jobs/{jobId}/adjustments',
  context: 'billing',
  summary: 'Add what the work costs more or less than agreed; beyond the limit the customer is asked first',
  callers: { staff: rolesOf('shop') },
  params: jobParams,
  body: z.object({
    label: line(120),
    quantity: z.int().min(1).max(10_000).default(1),
    /** Below 0 for less. As the offer's prices: with or without tax. */
    unitMinor: z.int().min(-1e11).max(1e11),
    reason,
  }),
  out: accountView,
  status: 201,
  idempotent: true,
});

export const answerAdjustment = route({
  id: 'answerAdjustment',
  method: 'POST',
  path: '/v1/jobs/{jobId}/adjustments/{adjustmentId}/answer',
  context: 'billing',
  summary: "The customer's word on what the work costs more",
  callers: { customer: true, link: true },
  params: jobParams.extend({ adjustmentId: id('adj') }),
  body: z.object({ accept: z.boolean(), name: line(80) }),
  out: accountView,
  status: 200,
  idempotent: true,
});

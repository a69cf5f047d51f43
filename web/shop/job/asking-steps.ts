import * as routes from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { Route } from '#contract/route.ts';
import type { JobView } from '#contract/views/job.ts';
import { decimalsOf, money } from '../../shared/format.ts';

/** One thing a step asks. Its name is the body's field, so that the API's refusals find their way back to it. */
export interface Field {
  name: string;
  label: string;
  kind?: 'text' | 'area' | 'date' | 'email' | 'money' | 'number';
  hint?: string;
  optional?: boolean;
  initial?: string;
}
export type Answers = Record<string, string>;

/** A step with a few plain questions. */
export interface AskingStep {
  word: string;
  route: Route;
  says?: string;
  fields: (job: JobView) => Field[];
  /** The body to send; the answers themselves, those left empty left out, without it. */
  body?: (answers: Answers, job: JobView, currency: string) => object;
}

const reason: Field = { name: 'reason', label: 'Reason' };
const knownHow: Field = {
  name: 'onBehalf',
  label: 'How do you know?',
  hint: 'On the phone, at the counter, by mail',
};

/** Only asked where something is missing. */
const withoutPayment = (job: JobView): Field[] =>
  job.dueBeforeProductionMinor > 0
    ? [{ name: 'override', label: 'Reason to begin before the payment has arrived' }]
    : [];

export const minorOf = (amount: string | undefined, currency: string): number =>
  Math.round(Number(amount) * 10 ** decimalsOf(currency));

export const priceFields = (job: JobView): Field[] => [
  { name: 'what', label: 'What the price is for', initial: job.title },
  { name: 'amount', label: 'Price without tax', kind: 'money' },
  { name: 'message', label: 'Message to the customer', kind: 'area', optional: true },
];
export const priceBody = ({ what = '', amount, message }: Answers, _: JobView, currency: string) => ({
  lines: [{ name: what, quantity: 1, unitMinor: minorOf(amount, currency) }],
  ...(message ? { message } : {}),
});

/** Job types whose pieces are signed for. */
const signed: readonly JobView['template'][] = ['custom', 'repair'];

const versionOf = (job: JobView) => ({ version: job.quote?.version ?? 0 });

export const askingSteps = {
  hold: {
    word: 'Put on hold',
    route: routes.holdJob,
    says: 'Nothing moves on until the job is taken off hold. A print that is running goes on.',
    fields: () => [reason],
  },
  cancel: {
    word: 'Cancel the job',
    route: routes.cancelJob,
    says: 'The job ends here. It can be reopened.',
    fields: (job) => [
      reason,
      ...(job.paidMinor > 0 && job.quote
        ? [
            {
              name: 'refundMinor',
              label: `Of the ${money(job.paidMinor, job.quote.currency)} paid, how much goes back?`,
              kind: 'money' as const,
              hint: 'What was paid online goes back by itself; the rest you hand back. An invoice is credited but for what you keep.',
              initial: String(job.paidMinor / 10 ** decimalsOf(job.quote.currency)),
            },
          ]
        : []),
    ],
    body: ({ reason, refundMinor }, _, currency) => ({
      reason,
      ...(refundMinor === undefined ? {} : { refundMinor: minorOf(refundMinor, currency) }),
    }),
  },
  reopen: {
    word: 'Reopen',
    route: routes.reopenJob,
    says: 'The job goes back to its beginning, with everything it holds.',
    fields: () => [reason],
  },
  record_price: {
    word: 'Record a price',
    route: lifecycle.recordPrice,
    says: 'The price told at the counter. The customer agrees to it when the work begins.',
    fields: priceFields,
    body: priceBody,
  },
  approve_quote: {
    word: 'Approve for the customer',
    route: routes.approveQuote,
    fields: (job) => [{ name: 'name', label: 'Who approves', initial: job.customer.name }, knownHow],
    body: ({ name, onBehalf }, job) => ({ ...versionOf(job), name, onBehalf }),
  },
  request_changes: {
    word: 'Changes asked for',
    route: routes.requestChanges,
    fields: () => [{ name: 'message', label: 'What should be different?', kind: 'area' }, knownHow],
    body: ({ message, onBehalf }, job) => ({ ...versionOf(job), message, onBehalf }),
  },
  decline_quote: {
    word: 'Declined by the customer',
    route: routes.declineQuote,
    fields: () => [reason, knownHow],
    body: (answers, job) => ({ ...versionOf(job), ...answers }),
  },
  record_vendor_price: {
    word: 'Record the vendor’s price',
    route: lifecycle.recordVendorPrice,
    fields: () => [
      { name: 'costMinor', label: 'What they ask', kind: 'money' },
      { name: 'readyBy', label: 'Ready by', kind: 'date', optional: true },
      { name: 'note', label: 'Note', kind: 'area', optional: true },
    ],
    body: ({ costMinor, ...rest }, _, currency) => ({ costMinor: minorOf(costMinor, currency), ...rest }),
  },
  vendor_decline: {
    word: 'The vendor declines',
    route: lifecycle.declineVendorRequest,
    fields: () => [reason],
  },
  provide_po: {
    word: 'Enter a purchase order',
    route: lifecycle.providePurchaseOrder,
    fields: () => [{ name: 'number', label: 'Number of the purchase order' }],
  },
  release: {
    word: 'Release for manufacturing',
    route: lifecycle.releaseJob,
    says: 'The order goes into the queue.',
    fields: (job) => [
      ...withoutPayment(job),
      ...(job.po
        ? [
            {
              name: 'netDays',
              label: `Days to pay purchase order ${job.po.number}`,
              kind: 'number' as const,
              hint: 'From the invoice on',
              initial: String(job.po.netDays ?? 30),
            },
          ]
        : []),
    ],
    body: ({ override, netDays }) => ({
      ...(override === undefined ? {} : { override }),
      ...(netDays === undefined ? {} : { netDays: Number(netDays) }),
    }),
  },
  begin_work: {
    word: 'Begin the work',
    route: lifecycle.beginWork,
    says: 'At the price that was recorded.',
    fields: withoutPayment,
  },
  ship: {
    word: 'Shipped',
    route: lifecycle.shipJob,
    fields: () => [
      { name: 'carrier', label: 'Carrier', optional: true },
      { name: 'tracking', label: 'Tracking number', optional: true },
    ],
  },
  hand_over: {
    word: 'Hand over',
    route: routes.handOver,
    fields: (job) =>
      signed.includes(job.template)
        ? [{ name: 'receivedBy', label: 'Who takes it and signs', initial: job.customer.name }]
        : [],
  },
  redo: {
    word: 'Redo under warranty',
    route: lifecycle.redoJob,
    says: 'A new job begins, linked to this one.',
    fields: () => [reason, { name: 'promisedDate', label: 'Promised for', kind: 'date' }],
  },
} satisfies Partial<Record<JobView['next'][number], AskingStep>>;
export type AskingStepName = keyof typeof askingSteps;

export const askingStep = (name: AskingStepName): AskingStep => askingSteps[name];

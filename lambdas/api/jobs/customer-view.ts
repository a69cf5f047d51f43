import type { Actor } from '#domain/actor.ts';
import type { Address } from '#domain/customer/address.ts';
import type { JobFile } from '#domain/file/file.ts';
import type { Stay } from '#domain/job/due.ts';
import type { EventType, LoggedEvent } from '#domain/event.ts';
import { good, type Job, type Part } from '#domain/job/job.ts';
import { labelOf, type WorkflowTemplate } from '#domain/job/template.ts';
import type { Quote } from '#domain/quote/quote.ts';
import type { Run } from '#domain/run/run.ts';
import type { EventView, JobSummary, JobView } from '#contract/views/job.ts';
import { customerPrice } from './customer-price.ts';

/**
 * What a customer, or the bearer of a link, sees of an order. Every view names each field it lets out: a field or a type of
 * event that is added elsewhere stays inside the shop until it is listed here.
 */

export function customerSummary(job: Job, template: WorkflowTemplate): JobSummary {
  const { id, number, title, status, quote, payment, wantedBy, version, createdAt, updatedAt } = job;
  return {
    id,
    number,
    title,
    status,
    statusLabel: labelOf(template, status, 'customer'),
    template: job.template,
    customer: identityOf(job),
    quote:
      quote?.state === 'draft'
        ? undefined
        : quote && {
            version: quote.version,
            state: quote.state,
            totalMinor: quote.totalMinor,
            currency: quote.currency,
            validUntil: quote.validUntil,
            depositMinor: quote.depositMinor,
          },
    payment,
    wantedBy,
    promisedDate: job.promised?.date,
    version,
    createdAt,
    updatedAt,
  };
}

export function customerPart(part: Part): JobView['parts'][number] {
  const { id, fileId, name, process, materialId, finishId, infillPercent, orientation, wanted } = part;
  return {
    id,
    fileId,
    name,
    process,
    materialId,
    finishId,
    infillPercent,
    orientation,
    wanted,
    good: good(part),
  };
}

export function customerFile(file: JobFile): JobView['files'][number] {
  const { id, name, bytes, state, sha256, report, hasPreview, previewScale, createdAt, checkedAt } = file;
  const { repair, repairedFrom } = file;
  return {
    id,
    name,
    bytes,
    state,
    sha256,
    report,
    hasPreview,
    previewScale,
    repair: repair && { steps: repair.steps, report: repair.report },
    repairedFrom,
    createdAt,
    checkedAt,
  } as JobView['files'][number];
}

export const identityOf = ({ customer: { customerId, name, email } }: Job): JobSummary['customer'] => ({
  customerId,
  name,
  email,
});

/** Nothing of a version that has not been sent; of a sent one no doubts: the shop has looked. */
export function customerQuotes(quotes: readonly Quote[]): JobView['quotes'] {
  return quotes
    .filter(({ state }) => state !== 'draft')
    .map(({ version, state, price, depositMinor, message, ...quote }) => ({
      version,
      state,
      price: { ...customerPrice(price), reviewReasons: [] },
      depositMinor,
      message,
      sentAt: quote.sentAt,
      validUntil: quote.validUntil,
      answeredAt: quote.answeredAt,
      answeredBy: quote.answeredBy,
      answer: quote.answer,
    }));
}

/** Prints on their way and done; what went wrong, and on which machine, is the shop's own. */
export function customerRuns(runs: readonly Run[]): JobView['runs'] {
  return runs
    .filter(({ state }) => state !== 'failed' && state !== 'canceled')
    .map(({ id, partId, quantity, state, requestedAt, startedAt, endedAt, estimatedSeconds }) => ({
      id,
      partId,
      quantity,
      state,
      requestedAt,
      startedAt,
      endedAt,
      estimatedSeconds,
    }));
}

export const customerStay = (
  { visit, status, enteredAt, leftAt }: Stay,
  template: WorkflowTemplate,
): JobView['stays'][number] => ({
  visit,
  status,
  label: labelOf(template, status, 'customer'),
  enteredAt,
  leftAt,
});

/** What the agreement and the delivery are, as far as they are the customer's own. */
export const customerFacts = ({
  agreedAt,
  po,
  shipment,
  receivedBy,
  reorderOf,
  customer,
  paidMinor = 0,
}: Job) => ({
  contact: {
    company: customer.company,
    phone: customer.phone,
    billingContact: customer.billingContact && {
      name: customer.billingContact.name,
      email: customer.billingContact.email,
    },
    shipTo: customer.shipTo && addressView(customer.shipTo),
    billTo: customer.billTo && addressView(customer.billTo),
  },
  agreedAt,
  paidMinor,
  po: po && {
    number: po.number,
    dueAt: po.dueAt,
    netDays: po.netDays,
    acceptedAt: po.acceptedAt,
  },
  shipment: shipment && {
    carrier: shipment.carrier,
    tracking: shipment.tracking,
    shippedAt: shipment.shippedAt,
  },
  receivedBy,
  reorderOf,
});

const addressView = (address: Address): Address => {
  const { label, recipient, company, street1, street2, city, region, postalCode, country, phone } = address;
  return { label, recipient, company, street1, street2, city, region, postalCode, country, phone };
};

/** The facts a customer is told, by type of event; a type that is not here is not told at all. */
const toldFacts: Partial<Record<EventType, readonly string[]>> = {
  'job.created': ['number'],
  'job.submitted': [],
  'job.placed': ['version', 'totalMinor', 'currency'],
  'quote.sent': ['version', 'totalMinor', 'currency', 'validUntil'],
  'quote.withdrawn': ['version'],
  'quote.approved': ['version'],
  'quote.changes_requested': ['version', 'message'],
  'quote.declined': ['version', 'reason'],
  'quote.expired': ['version'],
  'po.provided': ['number', 'dueAt'],
  'po.due': ['number', 'dueAt'],
  'payment.asked': [],
  'payment.settled': [],
  'job.released': [],
  'job.promised_anew': ['date', 'before'],
  'job.work_begun': [],
  'job.ready': [],
  'job.shipped': ['carrier', 'tracking'],
  'job.finished': [],
  'check.passed': [],
  'job.handed_over': [],
  'job.delivered': [],
  'job.canceled': [],
  'job.reopened': [],
  'invoice.issued': ['invoiceId', 'number', 'totalMinor', 'currency'],
  'invoice.paid': ['invoiceId', 'number', 'amountMinor', 'currency'],
  'payment.received': ['number', 'amountMinor', 'currency'],
  'payment.reversed': ['amountMinor', 'currency'],
  'refund.asked': ['amountMinor', 'currency'],
  'refund.settled': ['amountMinor', 'currency'],
  'adjustment.asked': ['label', 'reason', 'amountMinor', 'currency'],
  'adjustment.agreed': ['label', 'reason', 'amountMinor', 'currency'],
  'adjustment.declined': ['label', 'reason', 'amountMinor', 'currency'],
  'credit_note.issued': ['number', 'invoiceNumber', 'totalMinor', 'currency'],
  'message.written': ['message', 'version'],
  'payment.pending': ['invoiceId', 'number', 'amountMinor', 'currency'],
  'payment.failed': ['invoiceId', 'number', 'amountMinor', 'currency'],
};

/** What the timeline is made of. */
export interface EventRow extends LoggedEvent {
  id: string;
  jobId: string;
  at: string;
  actor: Actor;
}

/** The event as its customer may see it; undefined when it is the shop's own. Whoever of the shop acted, it was the shop. */
export function customerEvent(row: EventRow, shopName: string): EventView | undefined {
  const told = toldFacts[row.type];
  if (!told) return undefined;
  const { id, jobId, type, at, actor, transition, data } = row;
  const own = actor.kind === 'customer';
  // Their own reason is theirs to read again; the shop's is its own.
  const facts = own && type === 'job.canceled' ? [...told, 'reason'] : told;
  return {
    id,
    type,
    jobId,
    at,
    actor: { kind: actor.kind, name: own ? actor.name : shopName },
    transition: transition && { from: transition.from, to: transition.to, visit: transition.visit },
    data: Object.fromEntries(facts.flatMap((name) => (name in data ? [[name, data[name]!]] : []))),
  };
}

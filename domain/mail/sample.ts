import type { Job, Status } from '../job/job.ts';
import type { WorkflowTemplate } from '../job/template.ts';
import type { MailKind } from './mail-kinds.ts';
import type { MailFacts } from './mail-values.ts';

const dayMs = 86_400_000;

/** A made-up job for looking at mails. @param now ISO 8601 UTC */
export function sampleJob(
  template: WorkflowTemplate,
  shop: { id: string; currency: string },
  now: string,
): Job {
  const inDays = (days: number) => new Date(Date.parse(now) + days * dayMs).toISOString();
  return {
    id: 'job_sample',
    shopId: shop.id,
    number: 'K-000123',
    template: template.name,
    title: template.needsParts ? 'Bracket for the pump' : 'Yellow gold engagement ring',
    status: template.bornIn,
    version: 1,
    visit: 1,
    customer: { customerId: 'cus_sample', name: 'Cleo Customer', email: 'cleo@mail.example' },
    source: 'portal',
    delivery: 'pickup',
    quote: { version: 2, state: 'sent', totalMinor: 12_345, currency: shop.currency, validUntil: inDays(30) },
    payment: 'unpaid',
    po: { number: 'PO-4711', providedAt: now, netDays: 30, dueAt: inDays(30) },
    vendor: { name: 'Casting House', email: 'casting@vendor.example' },
    promised: { date: inDays(14).slice(0, 10), soonAt: inDays(12), lateAt: inDays(15) },
    shipment: { carrier: 'Parcel Post', tracking: '1Z999', shippedAt: now },
    reworkCycle: 0,
    createdAt: now,
    updatedAt: now,
  };
}

export const sampleLines: readonly string[] = [
  '2 × bracket.stl (PLA, as printed)',
  '1 × lid.stl (PETG, sanded)',
];

/** What an event behind such a mail might have said: the status it is about, and one that leads there. */
export function sampleFacts(kind: MailKind, template: WorkflowTemplate, job: Job): MailFacts {
  const to: Status = kind in template.statuses ? (kind as Status) : job.status;
  const from = (Object.keys(template.arrows) as Status[]).find((status) =>
    template.arrows[status]?.some((arrow) => arrow.to.includes(to) && status !== to),
  );
  return {
    to,
    from: from ?? template.bornIn,
    version: job.quote?.version ?? 1,
    number: kind.startsWith('invoice.') || kind.startsWith('payment.') ? 'INV-000042' : 'PO-4711',
    amountMinor: 5000,
    message: 'Could the edges be rounded a little?',
    reason: 'The customer is thinking it over.',
    author: job.customer.name,
    address: job.customer.email,
    about: `Order ${job.number}`,
  };
}

import type { Job, Status } from '../job/job.ts';
import { labelOf, type WorkflowTemplate } from '../job/template.ts';
import type { MailAudience } from './mail-kinds.ts';
import { buildNames, isVendors } from './vendor-mail.ts';
import type { Placeholder } from './placeholders.ts';

/** What the event said, with the statuses it led from and to when it changed them. */
export type MailFacts = Record<string, string | number | boolean>;

/** What a mail is made of beside its words. */
export interface MailSubject {
  audience: MailAudience;
  shop: { name: string };
  job: Job;
  template: WorkflowTemplate;
  facts: MailFacts;
}

/** The status a mail is about: the one its event led to, whatever has become of the job since. */
export const statusOf = ({ facts, job }: MailSubject): Status =>
  (facts['to'] as Status | undefined) ?? job.status;

/** Customers read their own names of statuses, everybody else the shop's. */
export const labelFor = ({ template, audience }: MailSubject, status: Status): string =>
  labelOf(template, status, audience === 'customer' ? 'customer' : 'shop');

/** An offer's total as the reader may see it: of a price that was not sent, only the shop reads. */
export function totalOf({ audience, job: { quote }, facts }: MailSubject): string {
  if (!quote || isVendors(audience) || (quote.state === 'draft' && audience !== 'shop')) return '';
  return money(Number(facts['totalMinor'] ?? quote.totalMinor), String(facts['currency'] ?? quote.currency));
}

/** What stands for each placeholder; nothing where the news has no such thing. The event's own figures come first. */
export function valuesOf(subject: MailSubject): Record<Placeholder, string> {
  const { audience, shop, job, template, facts } = subject;
  const fact = (name: string) => String(facts[name] ?? '');
  const day = (instant: string | undefined) => (instant ?? '').slice(0, 10);
  const from = facts['from'] as Status | undefined;
  const toVendor = isVendors(audience);
  // What a vendor asks for is the shop's own.
  const amountMinor = facts['amountMinor'] ?? (audience === 'shop' ? facts['costMinor'] : undefined);
  // Whom the shop works for is none of a vendor's business.
  const customer = toVendor ? '' : job.customer.name;
  return {
    customer,
    shop: shop.name,
    number: job.number,
    title: job.title,
    status: labelFor(subject, statusOf(subject)),
    previous: from === undefined ? '' : labelFor(subject, from),
    total: totalOf(subject),
    version: String(facts['version'] ?? job.quote?.version ?? ''),
    valid_until: day(fact('validUntil') || job.quote?.validUntil),
    promised: fact('date') || (job.promised?.date ?? ''),
    vendor:
      fact(audience === 'former_vendor' ? 'formerVendor' : 'vendor') || (job.vendor?.name ?? 'The vendor'),
    purchase_order: toVendor ? '' : (job.po?.number ?? ''),
    due: day(fact('payBy') || fact('dueAt') || job.po?.dueAt),
    invoice: fact('invoice') || fact('number'),
    amount:
      amountMinor === undefined
        ? ''
        : money(Number(amountMinor), String(facts['currency'] ?? job.quote?.currency ?? 'USD')),
    carrier: job.shipment?.carrier ?? '',
    tracking: job.shipment?.tracking ?? '',
    message: fact('message'),
    reason: fact('reason'),
    author: fact('author') || customer,
    address: fact('address'),
    about: fact('about') || fact('label'),
    job_type: buildNames[template.name] ?? template.title,
    plain_number: job.number.replace(/^\D+/, ''),
  };
}

/** `12345 USD` -> `USD 123.45`; the currency's own number of decimals. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

import { eventTypes, type EventType } from '../event.ts';

export type MailKind = EventType;
export const mailAudiences = ['shop', 'customer', 'vendor'] as const;
export type MailAudience = (typeof mailAudiences)[number];
export interface MailWanted {
  audience: MailAudience;
  kind: MailKind;
}

/** Who hears of what. */
const audiences: Partial<Record<EventType, readonly MailWanted['audience'][]>> = {
  'job.submitted': ['shop', 'customer'],
  'job.placed': ['shop', 'customer'],
  'quote.sent': ['customer'],
  'quote.reminder_due': ['customer'],
  'quote.approved': ['shop', 'customer'],
  'quote.changes_requested': ['shop'],
  'quote.declined': ['shop'],
  'quote.expired': ['shop'],
  'vendor.asked': ['vendor'],
  'vendor.reminder_due': ['vendor', 'shop'],
  'vendor.priced': ['shop'],
  'vendor.declined': ['shop'],
  'po.provided': ['shop', 'customer'],
  'po.due_soon': ['customer'],
  'po.due': ['shop', 'customer'],
  'po.overdue': ['shop', 'customer'],
  'payment.asked': ['shop', 'customer'],
  'check.passed': ['customer'],
  'job.ready': ['customer'],
  'job.pickup_overdue': ['shop'],
  'job.shipped': ['customer'],
  'job.changed': ['shop', 'customer'],
  'job.due_soon': ['shop'],
  'job.late': ['shop'],
  'invoice.issued': ['customer'],
  'invoice.paid': ['shop', 'customer'],
  'payment.unmatched': ['shop'],
  'payment.failed': ['shop', 'customer'],
  'payment.received': ['shop', 'customer'],
  'refund.settled': ['customer'],
  'refund.failed': ['shop'],
  'adjustment.asked': ['customer'],
  'adjustment.declined': ['shop'],
};

/** The mails an event calls for. */
export const mailsFor = (type: EventType): MailWanted[] =>
  (audiences[type] ?? []).map((audience) => ({ audience, kind: type }));

/** The types of events that somebody is mailed about. */
export const mailedTypes: readonly EventType[] = eventTypes.filter((type) => mailsFor(type).length > 0);

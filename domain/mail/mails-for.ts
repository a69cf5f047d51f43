import { eventTypes, type EventType, type LoggedEvent } from '../event.ts';
import { vendorMailsFor, vendorMailTypes, type VendorMailKind } from './vendor-mail.ts';

export type MailKind = EventType | VendorMailKind;
/** `former_vendor`: whose place another vendor has taken. */
export const mailAudiences = ['shop', 'customer', 'vendor', 'former_vendor'] as const;
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
  'vendor.reminder_due': ['shop'],
  'vendor.priced': ['shop'],
  'vendor.declined': ['shop'],
  'vendor.drawing_added': ['shop'],
  'job.promised_anew': ['customer'],
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
};

/** The mails an event calls for. */
export const mailsFor = ({
  type,
  data,
  quiet,
}: Pick<LoggedEvent, 'type' | 'data' | 'quiet'>): MailWanted[] =>
  quiet
    ? []
    : [
        ...(audiences[type] ?? []).map((audience) => ({ audience, kind: type })),
        ...vendorMailsFor(type, data),
      ];

/** The types of events that somebody is mailed about. */
export const mailedTypes: readonly EventType[] = eventTypes.filter(
  (type) => audiences[type] !== undefined || vendorMailTypes.includes(type),
);

import type { EventType } from '../event.ts';

export type MailKind = EventType;
export interface MailWanted {
  audience: 'shop' | 'customer';
  kind: MailKind;
}

/** Who hears of what. */
const audiences: Partial<Record<EventType, readonly MailWanted['audience'][]>> = {
  'job.submitted': ['shop', 'customer'],
  'quote.sent': ['customer'],
  'quote.reminder_due': ['customer'],
  'quote.approved': ['shop', 'customer'],
  'quote.changes_requested': ['shop'],
  'quote.declined': ['shop'],
  'quote.expired': ['shop'],
  'check.passed': ['customer'],
  'invoice.issued': ['customer'],
  'invoice.paid': ['shop', 'customer'],
  'payment.unmatched': ['shop'],
  'payment.failed': ['shop', 'customer'],
};

/** The mails an event calls for. */
export const mailsFor = (type: EventType): MailWanted[] =>
  (audiences[type] ?? []).map((audience) => ({ audience, kind: type }));

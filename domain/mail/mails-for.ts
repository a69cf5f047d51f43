import type { JobEventType } from '../job/job.ts';

export type MailKind = JobEventType;
export interface MailWanted {
  audience: 'shop' | 'customer';
  kind: MailKind;
}

/** Who hears of what. */
const audiences: Partial<Record<JobEventType, readonly MailWanted['audience'][]>> = {
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
};

/** The mails an event calls for. */
export const mailsFor = (type: JobEventType): MailWanted[] =>
  (audiences[type] ?? []).map((audience) => ({ audience, kind: type }));

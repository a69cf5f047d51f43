import type { EventType, LoggedEvent } from '../event.ts';
import type { Status } from '../job/job.ts';

/** `former_vendor`: whose place another vendor has taken. */
export const mailAudiences = ['shop', 'customer', 'vendor', 'former_vendor'] as const;
export type MailAudience = (typeof mailAudiences)[number];

/** News of a status that a job has come into. */
const statusKinds = [
  'review',
  'quoting',
  'quoted',
  'placed',
  'po_provided',
  'waiting_for_payment',
  'ready_to_make',
  'in_production',
  'post_production',
  'quality_check',
  'rework',
  'ready_for_pickup',
  'ready_for_shipping',
  'shipped',
  'delivered',
  'payment_due',
  'completed',
  'on_hold',
  'canceled_by_customer',
  'canceled_by_shop',
] as const satisfies readonly Status[];
type StatusKind = (typeof statusKinds)[number];

/** News that has words of its own, whatever the status. */
const momentKinds = [
  'quote.reminder_due',
  'quote.approved',
  'quote.changes_requested',
  'quote.declined',
  'quote.expired',
  'quote.withdrawn',
  'vendor.asked',
  'vendor.reminder_due',
  'vendor.recalled',
  'vendor.go_ahead',
  'vendor.order',
  'vendor.drawing_added',
  'vendor.priced',
  'vendor.declined',
  'po.due_soon',
  'po.overdue',
  'payment.settled',
  'payment.received',
  'payment.unmatched',
  'payment.surplus',
  'payment.failed',
  'refund.settled',
  'refund.failed',
  'adjustment.asked',
  'adjustment.declined',
  'invoice.issued',
  'invoice.paid',
  'job.resumed',
  'job.reopened',
  'job.pickup_overdue',
  'job.promised_anew',
  'job.due_soon',
  'job.late',
  'message.written',
  'mail.bounced',
  'mail.held',
] as const;

/** What a mail can be about. Closed; a shop switches and words each of them. */
export const mailKinds = [...statusKinds, ...momentKinds] as const;
export type MailKind = (typeof mailKinds)[number];

/** What happened, as far as it decides about mails. */
export type News = Pick<LoggedEvent, 'type' | 'transition' | 'data'>;

const isStatusKind = (status: Status): status is StatusKind =>
  (statusKinds as readonly Status[]).includes(status);

/** Steps that are not told by the status they lead to. */
const ownKinds: Partial<Record<EventType, MailKind>> = {
  'job.placed': 'placed',
  'quote.reminder_due': 'quote.reminder_due',
  'quote.approved': 'quote.approved',
  'quote.changes_requested': 'quote.changes_requested',
  'quote.declined': 'quote.declined',
  'quote.expired': 'quote.expired',
  'quote.withdrawn': 'quote.withdrawn',
  'vendor.reminder_due': 'vendor.reminder_due',
  'vendor.drawing_added': 'vendor.drawing_added',
  'job.promised_anew': 'job.promised_anew',
  'vendor.priced': 'vendor.priced',
  'vendor.declined': 'vendor.declined',
  'po.due_soon': 'po.due_soon',
  'po.overdue': 'po.overdue',
  'payment.unmatched': 'payment.unmatched',
  'payment.failed': 'payment.failed',
  'payment.received': 'payment.received',
  'refund.settled': 'refund.settled',
  'refund.failed': 'refund.failed',
  'adjustment.asked': 'adjustment.asked',
  'adjustment.declined': 'adjustment.declined',
  'invoice.issued': 'invoice.issued',
  'invoice.paid': 'invoice.paid',
  'job.resumed': 'job.resumed',
  'job.reopened': 'job.reopened',
  'job.pickup_overdue': 'job.pickup_overdue',
  'job.due_soon': 'job.due_soon',
  'job.late': 'job.late',
  'message.written': 'message.written',
  'mail.bounced': 'mail.bounced',
  'mail.held': 'mail.held',
};

/** What the news is to those who get mails; undefined when nobody does. */
export function kindOf({ type, transition, data }: News): MailKind | undefined {
  if (type === 'job.undone') return undefined;
  if (type === 'quote.approved' && transition?.to === 'placed') return 'placed';
  if (type === 'vendor.priced' && transition?.to === 'quoted') return 'quoted';
  if (type === 'payment.settled' && transition?.from === 'payment_due') return 'payment.settled';
  if (type === 'payment.unmatched' && data['state'] === 'surplus') return 'payment.surplus';
  const own = ownKinds[type];
  if (own) return own;
  return transition && isStatusKind(transition.to) ? transition.to : undefined;
}

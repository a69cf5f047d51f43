import type { EventView } from '#contract/views/job.ts';
import { money } from './format.ts';

const text = (event: EventView, name: string): string => String(event.data[name] ?? '');
const said = (words: string): string => (words === '' ? '' : `: “${words}”`);
const amount = (event: EventView, name: string): string => {
  const { [name]: minor, currency } = event.data;
  return typeof minor === 'number' && typeof currency === 'string' ? money(minor, currency) : '';
};

/** What happened, in one line. */
export function eventWords(event: EventView): string {
  switch (event.type) {
    case 'job.created':
      return 'Request opened';
    case 'job.submitted':
      return 'Request submitted';
    case 'job.placed':
      return `Order placed, ${amount(event, 'totalMinor')}`;
    case 'job.quoting_started':
      return 'Quoting started';
    case 'quote.edited':
      return `Quote changed${said(text(event, 'reasons'))}`;
    case 'quote.sent':
      return `Quote version ${text(event, 'version')} sent, ${amount(event, 'totalMinor')}`;
    case 'quote.withdrawn':
      return `Quote version ${text(event, 'version')} taken back`;
    case 'quote.approved':
      return `Quote version ${text(event, 'version')} approved`;
    case 'quote.changes_requested':
      return `Changes requested${said(text(event, 'message'))}`;
    case 'quote.declined':
      return `Quote declined${said(text(event, 'reason'))}`;
    case 'quote.expired':
      return `Quote version ${text(event, 'version')} expired`;
    case 'quote.reminder_due':
      return 'Reminder of the open quote';
    case 'price.recorded':
      return `Price recorded, ${amount(event, 'totalMinor')}`;
    case 'vendor.asked':
      return `${text(event, 'vendor')} asked for a price${said(text(event, 'message'))}`;
    case 'vendor.priced':
      return `The vendor’s price: ${amount(event, 'costMinor')}${said(text(event, 'note'))}`;
    case 'vendor.declined':
      return `${text(event, 'vendor')} declined${said(text(event, 'reason'))}`;
    case 'vendor.recalled':
      return `Question to ${text(event, 'vendor')} taken back`;
    case 'vendor.assigned':
      return text(event, 'vendor') === ''
        ? `${text(event, 'former')} taken off the job${said(text(event, 'reason'))}`
        : `${text(event, 'vendor')} is the vendor${text(event, 'former') === '' ? '' : ` instead of ${text(event, 'former')}`}${said(text(event, 'reason'))}`;
    case 'vendor.drawing_added':
      return `${text(event, 'vendor')} sent a drawing: ${text(event, 'name')}`;
    case 'job.salesperson_changed':
      return `In the hands of ${text(event, 'name')}${said(text(event, 'reason'))}`;
    case 'job.promised_anew':
      return `Promised for ${text(event, 'date')}${text(event, 'before') === '' ? '' : ` instead of ${text(event, 'before')}`}${said(text(event, 'reason'))}`;
    case 'vendor.reminder_due':
      return 'Reminder to the vendor';
    case 'po.provided':
      return `Purchase order ${text(event, 'number')} provided`;
    case 'po.due_soon':
      return `Reminder: purchase order ${text(event, 'number')} is due in two days`;
    case 'po.due':
      return `Purchase order ${text(event, 'number')} has fallen due`;
    case 'po.overdue':
      return `Reminder: purchase order ${text(event, 'number')} is overdue`;
    case 'payment.asked':
      return 'Payment asked for';
    case 'payment.settled':
      return 'The payment is there, the order goes on';
    case 'job.released':
      return `Free for manufacturing${said(text(event, 'override'))}`;
    case 'job.work_begun':
      return `Work begun${said(text(event, 'override'))}`;
    case 'part.faulted':
      return `${text(event, 'count')} faulty${said(text(event, 'reason'))}`;
    case 'job.ready':
      return 'Ready for pickup';
    case 'job.pickup_overdue':
      return 'Two weeks on the shelf';
    case 'job.shipped':
      return `Shipped${text(event, 'carrier') === '' ? '' : ` by ${text(event, 'carrier')}`} ${text(event, 'tracking')}`.trim();
    case 'job.redone':
      return `Redone under warranty as a new job${said(text(event, 'reason'))}`;
    case 'job.changed':
      return `Moved by hand${said(text(event, 'reason'))}`;
    case 'job.due_soon':
      return 'Due soon';
    case 'job.late':
      return 'Late';
    case 'job.sla_missed':
      return 'Longer in this status than it should be';
    case 'run.requested':
      return `Print of ${text(event, 'quantity')} sent to a machine`;
    case 'run.finished':
      return `Print finished, ${text(event, 'made')} made`;
    case 'run.failed':
      return `Print ${text(event, 'outcome') === 'canceled' ? 'canceled' : 'failed'}${said(text(event, 'reason'))}`;
    case 'job.finished':
      return event.transition?.from === 'post_production' ? 'Finishing done' : 'Every piece is made';
    case 'check.passed':
      return `Quality check passed${said(text(event, 'note'))}`;
    case 'check.failed':
      return `Quality check failed for ${text(event, 'count')}${said(text(event, 'reason'))}`;
    case 'job.handed_over':
      return 'Handed over';
    case 'job.delivered':
      return 'Delivered';
    case 'job.held':
      return `Put on hold${said(text(event, 'reason'))}`;
    case 'job.resumed':
      return 'Taken off hold';
    case 'job.canceled':
      return `Canceled${said(text(event, 'reason'))}`;
    case 'job.reopened':
      return `Reopened${said(text(event, 'reason'))}`;
    case 'invoice.issued':
      return `Invoice ${text(event, 'number')} issued`;
    case 'invoice.paid':
      return `Invoice ${text(event, 'number')} paid`;
    case 'job.edited':
      return `Changed: ${text(event, 'fields')}`;
    case 'part.edited':
      return `${text(event, 'name')} changed: ${text(event, 'fields')}`;
    case 'file.repaired':
      return `${text(event, 'name')} repaired: a new file beside it`;
    case 'credit_note.issued':
      return `Credit note ${text(event, 'number')} issued for invoice ${text(event, 'invoiceNumber')}, ${amount(event, 'totalMinor')}`;
    case 'purchase_order.issued':
      return `Purchase order ${text(event, 'number')} written to ${text(event, 'vendor')}`;
    case 'inspection.recorded':
      return `Inspection ${text(event, 'attempt')} by “${text(event, 'checklist')}”: ${text(event, 'outcome') === 'pass' ? 'passed' : 'failed'}`;
    case 'run.taken_late':
      return 'A print that was given up was taken by its machine after all';
    case 'run.paused':
      return 'Run paused';
    case 'run.continued':
      return 'Run goes on';
    case 'payment.pending':
      return `Payment of ${amount(event, 'amountMinor')} on its way`;
    case 'payment.received':
      return `${amount(event, 'amountMinor')} received`;
    case 'payment.reversed':
      return `Payment of ${amount(event, 'amountMinor')} taken back: recorded by mistake${said(text(event, 'reason'))}`;
    case 'refund.asked':
      return `Refund of ${amount(event, 'amountMinor')} on its way${said(text(event, 'reason'))}`;
    case 'refund.settled':
      return `${amount(event, 'amountMinor')} returned${said(text(event, 'reason'))}`;
    case 'refund.failed':
      return `Refund of ${amount(event, 'amountMinor')} failed${said(text(event, 'reason'))}`;
    case 'adjustment.asked':
      return `${text(event, 'label')} for ${amount(event, 'amountMinor')} asked for${said(text(event, 'reason'))}`;
    case 'adjustment.agreed':
      return `${text(event, 'label')} added, ${amount(event, 'amountMinor')}${said(text(event, 'reason'))}`;
    case 'adjustment.declined':
      return `${text(event, 'label')} for ${amount(event, 'amountMinor')} declined by the customer`;
    case 'payment.unmatched':
      return text(event, 'state') === 'surplus'
        ? `${amount(event, 'amountMinor')} received, and nothing was owed any more`
        : `${amount(event, 'amountMinor')} received, which is of another currency`;
    case 'payment.failed':
      return `Payment of ${amount(event, 'amountMinor')} failed${said(text(event, 'reason'))}`;
    case 'job.undone':
      return 'The last step was taken back';
    case 'message.written':
      return `Message${said(text(event, 'message'))}`;
    case 'note.written':
      return `Note${said(text(event, 'message'))}`;
    case 'mail.bounced':
      return `Mail to ${text(event, 'address')} did not arrive: “${text(event, 'about')}”`;
    case 'mail.held':
      return `Mail to ${text(event, 'address')} held: “${text(event, 'about')}”`;
  }
}

import type { Party } from '../actor.ts';
import { isLive, type JobCommandName, type Status } from './job.ts';

/** One legal way out of a status. Several targets: the command's rule chooses. */
export interface Arrow {
  command: JobCommandName;
  by: readonly Party[];
  to: readonly Status[];
}

/** Which statuses a job type uses, what two audiences call them, and the arrows between them. */
export interface WorkflowTemplate {
  name: 'fabrication';
  labels: Record<Status, { shop: string; customer: string }>;
  arrows: Partial<Record<Status, readonly Arrow[]>>;
}

const arrow = (command: JobCommandName, by: Party | Party[], ...to: Status[]): Arrow => ({
  command,
  by: typeof by === 'string' ? [by] : by,
  to,
});

/** CraftOps' lifecycle (domain.md, section 1, fabrication). */
export const fabrication: WorkflowTemplate = {
  name: 'fabrication',
  labels: {
    draft: { shop: 'Draft', customer: 'Your request' },
    review: { shop: 'Pending Review', customer: 'Received' },
    quoting: { shop: 'In quoting', customer: 'In review' },
    quoted: { shop: 'Quoted', customer: 'Quote ready' },
    ready_to_make: { shop: 'Scheduled', customer: 'In queue' },
    in_production: { shop: 'In Production', customer: 'In production' },
    post_production: { shop: 'Post-processing', customer: 'Finishing' },
    quality_check: { shop: 'Quality Check', customer: 'Quality check' },
    ready_for_pickup: { shop: 'Ready for Pickup', customer: 'Ready for pickup' },
    ready_for_shipping: { shop: 'Ready for Shipping', customer: 'Ready' },
    completed: { shop: 'Completed', customer: 'Done' },
    on_hold: { shop: 'On hold', customer: 'On hold' },
    canceled_by_customer: { shop: 'Canceled by customer', customer: 'Canceled' },
    canceled_by_shop: { shop: 'Canceled by shop', customer: 'Canceled' },
  },
  arrows: {
    draft: [arrow('submit', ['customer', 'shop'], 'review'), arrow('send_quote', 'shop', 'quoted')],
    review: [arrow('start_quoting', 'shop', 'quoting'), arrow('send_quote', 'shop', 'quoted')],
    quoting: [arrow('send_quote', 'shop', 'quoted')],
    quoted: [
      arrow('approve_quote', 'customer', 'ready_to_make'),
      arrow('request_changes', 'customer', 'quoting'),
      arrow('decline_quote', 'customer', 'canceled_by_customer'),
      arrow('expire_quote', 'time', 'quoting'),
      arrow('withdraw_quote', 'shop', 'quoting'),
    ],
    ready_to_make: [
      arrow('start', ['operator', 'agent'], 'in_production'),
      // A job reopened after a cancellation may have all its pieces.
      arrow('finish', ['operator', 'agent'], 'post_production', 'quality_check'),
    ],
    in_production: [
      arrow('start', ['operator', 'agent'], 'in_production'),
      arrow('record_run', 'agent', 'in_production'),
      arrow('finish', ['operator', 'agent'], 'post_production', 'quality_check'),
    ],
    post_production: [arrow('finish', 'operator', 'quality_check')],
    quality_check: [
      arrow('pass_check', 'operator', 'ready_for_pickup', 'ready_for_shipping'),
      arrow('fail_check', 'operator', 'in_production'),
    ],
    ready_for_pickup: [arrow('hand_over', 'shop', 'completed')],
    ready_for_shipping: [arrow('confirm_delivery', 'shop', 'completed')],
    completed: [arrow('reopen', 'shop', 'review')],
    on_hold: [
      arrow('resume', 'shop', 'on_hold'),
      // A sent quote stays answerable while the job is on hold.
      arrow('approve_quote', 'customer', 'ready_to_make'),
      // A print that was running when the job was held still ends.
      arrow('record_run', 'agent', 'on_hold'),
    ],
    canceled_by_customer: [arrow('reopen', 'shop', 'quoting')],
    canceled_by_shop: [arrow('reopen', 'shop', 'quoting'), arrow('record_run', 'agent', 'canceled_by_shop')],
  },
};

const customerMayCancel: readonly Status[] = ['draft', 'review', 'quoting', 'quoted'];

/** All arrows out of a status: the template's own and those of every template (hold, cancel). */
export function arrowsFrom(template: WorkflowTemplate, status: Status): readonly Arrow[] {
  const own = template.arrows[status] ?? [];
  if (!isLive(status)) return own;
  const everywhere: Arrow[] = [arrow('cancel', 'shop', 'canceled_by_shop')];
  if (customerMayCancel.includes(status))
    everywhere.push(arrow('cancel', 'customer', 'canceled_by_customer'));
  if (status !== 'on_hold') everywhere.push(arrow('hold', 'shop', 'on_hold'));
  return [...own, ...everywhere];
}

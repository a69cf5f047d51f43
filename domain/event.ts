import { creditNoteEventTypes } from './credit-note/credit-note.ts';
import { inspectionEventTypes } from './inspection/inspection.ts';
import { adjustmentEventTypes } from './adjustment/adjustment.ts';
import { assignmentEventTypes } from './job/assignment-events.ts';
import { paymentEventTypes } from './payment/payment.ts';
import { refundEventTypes } from './payment/refund.ts';
import { editEventTypes } from './job/edit.ts';
import { jobEventTypes, type JobEvent } from './job/job.ts';
import { mailEventTypes } from './mail/mail-fate.ts';
import { messageEventTypes } from './message/message.ts';
import { purchaseOrderEventTypes } from './purchase-order/purchase-order.ts';
import { runEventTypes } from './run/run.ts';

/** Everything that is written to a shop's log: what commands and edits did to a job, and what happened around it. Closed. */
export const eventTypes = [
  ...jobEventTypes,
  ...editEventTypes,
  ...assignmentEventTypes,
  ...paymentEventTypes,
  ...refundEventTypes,
  ...adjustmentEventTypes,
  ...runEventTypes,
  ...creditNoteEventTypes,
  ...purchaseOrderEventTypes,
  ...inspectionEventTypes,
  ...messageEventTypes,
  ...mailEventTypes,
] as const;
export type EventType = (typeof eventTypes)[number];

export interface LoggedEvent extends Omit<JobEvent, 'type'> {
  type: EventType;
}

import type { Process } from '../process.ts';

/** The job: one order of one customer, from draft to completed. */

export const statuses = [
  'draft',
  'review',
  'quoting',
  'quoted',
  'ready_to_make',
  'in_production',
  'post_production',
  'quality_check',
  'ready_for_pickup',
  'ready_for_shipping',
  'completed',
  'on_hold',
  'canceled_by_customer',
  'canceled_by_shop',
] as const;
export type Status = (typeof statuses)[number];

/** Nothing more happens by itself in these. */
export const endedStatuses: readonly Status[] = ['completed', 'canceled_by_customer', 'canceled_by_shop'];
export const isLive = (status: Status): boolean => !endedStatuses.includes(status);

export const quoteStates = [
  'draft',
  'sent',
  'approved',
  'changes_requested',
  'declined',
  'expired',
  'superseded',
] as const;
export type QuoteState = (typeof quoteStates)[number];
export type PaymentState = 'unpaid' | 'paid';

/** The customer as they were when the job was saved; later edits of the contact never change it. */
export interface CustomerSnapshot {
  customerId: string;
  name: string;
  email: string;
}

export interface Job {
  id: string;
  shopId: string;
  /** Human number, unique in the shop, e.g. `K-000042`. */
  number: string;
  template: 'fabrication';
  title: string;
  status: Status;
  /** The status to resume to while on hold. */
  heldFrom?: Status;
  /** Rises by one with every change; edits name the one they saw. */
  version: number;
  /** Number of the open stay: rises by one with every change of status. */
  visit: number;
  customer: CustomerSnapshot;
  source: 'portal' | 'staff';
  delivery: 'pickup' | 'shipping';
  /** The customer's preferred date, `YYYY-MM-DD`. */
  wantedBy?: string;
  note?: string;
  /** The newest version of the offer. */
  quote?: { version: number; state: QuoteState; totalMinor: number; currency: string; validUntil: string };
  payment: PaymentState;
  /** Of the file whose picture stands for the job in lists. */
  pictureSha256?: string;
  reworkCycle: number;
  createdAt: string;
  updatedAt: string;
}

/** A line of the job: file x process x material x finish x quantity, and what became of it. */
export interface Part {
  id: string;
  fileId: string;
  name: string;
  process: Process;
  materialId: string;
  finishId: string;
  /** Of a filament print, when somebody chose it; else the price book's. */
  infillPercent?: number;
  /** The finish is done by hand after the machine. */
  postProduction: boolean;
  wanted: number;
  made: number;
  scrapped: number;
}

/** What is chosen for a line by the price book; the process follows from the material. */
export type PartChoices = Pick<
  Part,
  'process' | 'materialId' | 'finishId' | 'infillPercent' | 'postProduction'
>;

/** Pieces that exist and are not scrapped. */
export const good = (part: Part): number => part.made - part.scrapped;

/** What the guards need to know of a file. */
export interface FileFacts {
  id: string;
  name: string;
  state: 'awaiting_upload' | 'checked' | 'refused';
}

/** What the guards need to know of a run that is not over. */
export interface OpenRun {
  id: string;
  partId: string;
  quantity: number;
}

/** All that a decision about a job may look at. */
export interface JobState {
  job: Job;
  parts: readonly Part[];
  files: readonly FileFacts[];
  /** Runs of this job that are not over. */
  openRuns: readonly OpenRun[];
}

export type JobCommand =
  | { name: 'submit' }
  | { name: 'start_quoting' }
  | { name: 'send_quote'; totalMinor: number; currency: string; validUntil: string }
  | { name: 'withdraw_quote' }
  | { name: 'approve_quote'; version: number }
  | { name: 'request_changes'; version: number; message: string }
  | { name: 'decline_quote'; version: number; reason: string }
  | { name: 'expire_quote' }
  | { name: 'start'; partId: string; quantity: number; runId: string; machineId: string }
  | {
      name: 'record_run';
      runId: string;
      partId: string;
      outcome: 'finished' | 'failed' | 'canceled';
      made: number;
      reason?: string;
    }
  | { name: 'finish' }
  | { name: 'pass_check'; note?: string }
  | { name: 'fail_check'; partId: string; count: number; reason: string }
  | { name: 'hand_over' }
  | { name: 'confirm_delivery' }
  | { name: 'hold'; reason: string }
  | { name: 'resume' }
  | { name: 'cancel'; reason: string }
  | { name: 'reopen'; reason: string };
export type JobCommandName = JobCommand['name'];

/** What happened, one per command; `transition` is there when the status changed. */
export interface JobEvent {
  type: JobEventType;
  transition?: { from: Status; to: Status; visit: number };
  data: Record<string, string | number | boolean>;
}

export const jobEventTypes = [
  'job.created',
  'job.submitted',
  'job.quoting_started',
  'quote.edited',
  'quote.sent',
  'quote.withdrawn',
  'quote.approved',
  'quote.changes_requested',
  'quote.declined',
  'quote.expired',
  'quote.reminder_due',
  'run.requested',
  'run.finished',
  'run.failed',
  'job.finished',
  'check.passed',
  'check.failed',
  'job.handed_over',
  'job.delivered',
  'job.held',
  'job.resumed',
  'job.canceled',
  'job.reopened',
  'invoice.issued',
  'invoice.paid',
] as const;
export type JobEventType = (typeof jobEventTypes)[number];

/** Events after which the workflow has to look at the job again. */
export const wakesWorkflow = (event: {
  type: string;
  transition?: JobEvent['transition'] | undefined;
}): boolean => event.transition !== undefined || event.type === 'run.finished' || event.type === 'run.failed';

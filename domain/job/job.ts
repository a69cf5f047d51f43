import type { CustomerSnapshot } from '../customer/customer.ts';
import type { JobVendor } from '../vendor/vendor.ts';
import type { Process } from '../process.ts';

/** The job: one order of one customer, from draft to completed. */

export const statuses = [
  'draft',
  'review',
  'quoting',
  'vendor_quote',
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
] as const;
export type Status = (typeof statuses)[number];

export const templateNames = ['fabrication', 'order', 'custom', 'repair'] as const;
export type TemplateName = (typeof templateNames)[number];

/** Nothing more happens by itself in these. */
export const endedStatuses: readonly Status[] = ['completed', 'canceled_by_customer', 'canceled_by_shop'];
/** Nobody has agreed to anything yet in these. */
export const beforeAgreement: readonly Status[] = ['draft', 'review', 'quoting', 'vendor_quote', 'quoted'];
/** Whether something may still be waited for: a delivered order waits for its money. */
export const isLive = ({ status, payment }: Pick<Job, 'status' | 'payment'>): boolean =>
  !endedStatuses.includes(status) && !(status === 'delivered' && isSettled(payment));

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
export const jobPaymentStates = ['unpaid', 'deposit', 'partial', 'paid', 'refunded'] as const;
export type PaymentState = (typeof jobPaymentStates)[number];
/** Nothing is owed any more. */
export const isSettled = (payment: PaymentState): boolean => payment === 'paid' || payment === 'refunded';

/** What time asks for in a status. */
export const dueKinds = [
  'quote_reminder',
  'quote_expiry',
  'vendor_silent',
  'po_due_soon',
  'po_due',
  'po_overdue_1',
  'po_overdue_7',
  'po_overdue_14',
  'pickup_overdue',
  'promise_soon',
  'promise_late',
  'sla_missed',
] as const;
export type DueKind = (typeof dueKinds)[number];

export interface PurchaseOrder {
  number: string;
  providedAt: string;
  /** When the shop agreed to be paid by it. */
  acceptedAt?: string;
  netDays: number;
  /** The invoice's day, or the agreement's while there is none, plus the net days. */
  dueAt: string;
}

/** The day the shop has promised, and the instants in its time zone at which it is near and over. */
export interface PromisedDay {
  /** `YYYY-MM-DD`. */
  date: string;
  soonAt: string;
  lateAt: string;
}

export interface VendorPrice {
  costMinor: number;
  currency: string;
  /** `YYYY-MM-DD`. */
  readyBy?: string;
  note?: string;
}

/** What the job was before a step that can be taken back for a moment. */
export interface LastStep {
  eventId: string;
  personId: string;
  until: string;
  /** Of the job after the step; any other change ends the chance. */
  version: number;
  /** Fields as they were. */
  before: Partial<Job>;
  /** Fields that were not there. */
  absent: (keyof Job)[];
}

export interface Job {
  id: string;
  shopId: string;
  /** Human number, unique in the shop, e.g. `K-000042`. */
  number: string;
  template: TemplateName;
  title: string;
  status: Status;
  /** The status to resume to while on hold. */
  heldFrom?: Status;
  /** The status to go back to once the purchase order is paid. */
  dueFrom?: Status;
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
  quote?: {
    version: number;
    state: QuoteState;
    totalMinor: number;
    currency: string;
    validUntil: string;
    /** What it asks for before production, by the shop's rule when it was made. */
    depositMinor?: number;
  };
  /** When the customer agreed to the quote in force; none once the job is reopened. */
  agreedAt?: string;
  payment: PaymentState;
  /** What has come in for what is agreed now, less what went back. */
  paidMinor?: number;
  /** What was added to a version of the offer since it was agreed, tax included. */
  adjusted?: { version: number; amountMinor: number };
  /** When what is agreed now was invoiced. */
  invoicedAt?: string;
  /** Canceled with money taken: what goes back and what is kept, until it is on its way. */
  returning?: { amountMinor: number; keptMinor: number; reason: string };
  /** What the shop keeps of a canceled job that has no invoice. */
  kept?: { amountMinor: number; reason: string };
  /** Why production may begin before the payment terms are met. */
  termsWaived?: string;
  po?: PurchaseOrder;
  /** Who sees the job through. */
  salesperson?: { personId: string; name: string; email?: string };
  /** How the last step is taken back. */
  undo?: LastStep;
  promised?: PromisedDay;
  /** What is to be made, in the shop's words: for the bench and the vendor. */
  spec?: string;
  /** Who makes it or a part of it, as they were when chosen. */
  vendor?: JobVendor;
  vendorPrice?: VendorPrice;
  shipment?: { carrier?: string; tracking?: string; shippedAt: string };
  /** Who signed for it. */
  receivedBy?: string;
  /** The job whose warranty this one redoes. */
  redoOf?: string;
  /** The earlier job whose files and lines it began with. */
  reorderOf?: string;
  /** What has fallen due and was told; those of a status go with it. */
  flags?: DueKind[];
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
  /** Of a filament print that somebody keeps as its file has it; else it lies the best way. */
  orientation?: 'as_uploaded';
  /** The finish is done by hand after the machine. */
  postProduction: boolean;
  wanted: number;
  made: number;
  scrapped: number;
}

/** What is chosen for a line by the price book; the process follows from the material. */
export type PartChoices = Pick<
  Part,
  'process' | 'materialId' | 'finishId' | 'infillPercent' | 'orientation' | 'postProduction'
>;

/** Pieces that exist and are not scrapped. */
export const good = (part: Part): number => part.made - part.scrapped;

/** What happened, one per command; `transition` is there when the status changed. */
export interface JobEvent {
  type: JobEventType;
  transition?: { from: Status; to: Status; visit: number };
  data: Record<string, string | number | boolean>;
  /** Whoever did it wants nobody to get a mail of it. */
  quiet?: boolean;
  /** Until when it can be undone; its mails wait for that. */
  undoUntil?: string;
}

export const jobEventTypes = [
  'job.created',
  'job.submitted',
  'job.placed',
  'job.quoting_started',
  'quote.edited',
  'quote.sent',
  'quote.withdrawn',
  'quote.approved',
  'quote.changes_requested',
  'quote.declined',
  'quote.expired',
  'quote.reminder_due',
  'price.recorded',
  'vendor.asked',
  'vendor.priced',
  'vendor.declined',
  'vendor.recalled',
  'vendor.reminder_due',
  'po.provided',
  'po.due_soon',
  'po.due',
  'po.overdue',
  'payment.asked',
  'payment.settled',
  'job.released',
  'job.work_begun',
  'run.requested',
  'run.finished',
  'run.failed',
  'part.faulted',
  'job.finished',
  'check.passed',
  'check.failed',
  'job.ready',
  'job.pickup_overdue',
  'job.shipped',
  'job.handed_over',
  'job.delivered',
  'job.redone',
  'job.held',
  'job.resumed',
  'job.canceled',
  'job.reopened',
  'job.changed',
  'job.promised_anew',
  'job.undone',
  'job.due_soon',
  'job.late',
  'job.sla_missed',
  'invoice.issued',
  'invoice.paid',
  'payment.received',
] as const;
export type JobEventType = (typeof jobEventTypes)[number];

const wakers: readonly string[] = [
  'run.finished',
  'run.failed',
  'invoice.paid',
  'payment.received',
  'credit_note.issued',
  'job.promised_anew',
];

/** Events after which the workflow has to look at the job again. */
export const wakesWorkflow = (event: {
  type: string;
  transition?: JobEvent['transition'] | undefined;
}): boolean => event.transition !== undefined || wakers.includes(event.type);

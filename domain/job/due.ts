import type { JobCommand } from './commands.ts';
import { isLive, isSettled, type DueKind, type Job, type JobEventType, type Status } from './job.ts';
import type { WorkflowTemplate } from './template.ts';

export interface Due {
  kind: DueKind;
  /** ISO 8601 UTC. */
  at: string;
  done: boolean;
}

/** One visit of a job to one status, with the instants at which something falls due. */
export interface Stay {
  visit: number;
  status: Status;
  enteredAt: string;
  leftAt?: string;
  due: Due[];
}

/** Days after sending at which an unanswered quote is recalled to its customer. */
export const quoteReminderDays = 3;
/** Days after which a vendor who has not answered is reminded. */
export const vendorReminderDays = 2;
/** Days on the shelf after which a piece is flagged red (JT-29). */
export const pickupDays = 14;
/** Days before a purchase order is due at which its customer is told (DF-67), and after which they are told again. */
export const poReminderDays = { soon: 2, overdue: [1, 7, 14] } as const;

const hourMs = 3_600_000;
const plusHours = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * hourMs).toISOString();
const plusDays = (instant: string, days: number): string => plusHours(instant, 24 * days);

/** When a vendor who is asked now is reminded. */
export const vendorSilentAt = (now: string): string => plusDays(now, vendorReminderDays);

/** What time does when an instant has come: a command, or word to people. */
export const onDue: Record<DueKind, { command: JobCommand } | { event: JobEventType }> = {
  quote_reminder: { event: 'quote.reminder_due' },
  quote_expiry: { command: { name: 'expire_quote' } },
  vendor_silent: { event: 'vendor.reminder_due' },
  po_due_soon: { event: 'po.due_soon' },
  po_due: { command: { name: 'due' } },
  po_overdue_1: { event: 'po.overdue' },
  po_overdue_7: { event: 'po.overdue' },
  po_overdue_14: { event: 'po.overdue' },
  pickup_overdue: { event: 'job.pickup_overdue' },
  promise_soon: { event: 'job.due_soon' },
  promise_late: { event: 'job.late' },
  sla_missed: { event: 'job.sla_missed' },
};

/** Told once in a job's life; the others are told in every stay anew. */
const ofTheJob: readonly DueKind[] = [
  'po_due_soon',
  'po_overdue_1',
  'po_overdue_7',
  'po_overdue_14',
  'promise_soon',
  'promise_late',
];

/** The flags that a change of status leaves on the job. */
export function flagsAfter(flags: readonly DueKind[] | undefined): DueKind[] | undefined {
  const left = (flags ?? []).filter((flag) => ofTheJob.includes(flag));
  return left.length > 0 ? left : undefined;
}

/** The due instants of a stay that opens now. */
export function dueOnEntering(job: Job, template: WorkflowTemplate, now: string): Due[] {
  const told = job.flags ?? [];
  return [
    ...ofStatus(job, template, now),
    ...[...ofPurchaseOrder(job, template), ...promiseDue(job)].filter(({ kind }) => !told.includes(kind)),
  ];
}

const open = (kind: DueKind, at: string): Due => ({ kind, at, done: false });

function ofStatus(job: Job, template: WorkflowTemplate, now: string): Due[] {
  const { slaHours } = template.statuses[job.status] ?? {};
  const sla = slaHours === undefined ? [] : [open('sla_missed', plusHours(now, slaHours))];
  switch (job.status) {
    case 'quoted': {
      if (!job.quote) return sla;
      const reminder = plusDays(now, quoteReminderDays);
      return [
        ...(reminder < job.quote.validUntil ? [open('quote_reminder', reminder)] : []),
        open('quote_expiry', job.quote.validUntil),
        ...sla,
      ];
    }
    case 'vendor_quote':
      return [open('vendor_silent', vendorSilentAt(now)), ...sla];
    case 'ready_for_pickup':
      return [open('pickup_overdue', plusDays(now, pickupDays)), ...sla];
    default:
      return sla;
  }
}

/** A purchase order falls due where nothing else is going on; its customer hears of it wherever the job stands. */
function ofPurchaseOrder(job: Job, template: WorkflowTemplate): Due[] {
  const { status, po, payment } = job;
  if (!po || isSettled(payment) || status === 'on_hold' || !isLive(job)) return [];
  const byTime = template.arrows[status]?.some(({ command, by }) => command === 'due' && by.includes('time'));
  const [first, second, third] = poReminderDays.overdue;
  return [
    open('po_due_soon', plusDays(po.dueAt, -poReminderDays.soon)),
    ...(byTime ? [open('po_due', po.dueAt)] : []),
    open('po_overdue_1', plusDays(po.dueAt, first)),
    open('po_overdue_7', plusDays(po.dueAt, second)),
    open('po_overdue_14', plusDays(po.dueAt, third)),
  ];
}

/** What falls due of the promised day. Nobody waits for it any more once the order is with its customer. */
export function promiseDue({ status, promised }: Job): Due[] {
  const kept: readonly Status[] = [
    'ready_for_pickup',
    'ready_for_shipping',
    'shipped',
    'delivered',
    'payment_due',
    'completed',
    'canceled_by_customer',
    'canceled_by_shop',
  ];
  if (!promised || kept.includes(status)) return [];
  return [open('promise_soon', promised.soonAt), open('promise_late', promised.lateAt)];
}

export const openStay = (job: Job, template: WorkflowTemplate, now: string): Stay => ({
  visit: job.visit,
  status: job.status,
  enteredAt: now,
  due: dueOnEntering(job, template, now),
});

/** Whether what an entry asks for still matters: what was paid meanwhile is not due. */
export const stillAsked = ({ payment }: Job, kind: DueKind): boolean =>
  !kind.startsWith('po_') || !isSettled(payment);

/** The due entries whose time has come, oldest first. */
export const dueNow = (stay: Stay, now: string): Due[] =>
  stay.due.filter((due) => !due.done && due.at <= now).sort((a, b) => a.at.localeCompare(b.at));

/** Longest time an execution sleeps before it asks again (Step Functions' timers and the laptop's agree up to 24 days). */
export const longestSleepSeconds = 20 * 86_400;

/** Whole seconds until the next due entry, at least 1, at most `longestSleepSeconds`. */
export function sleepSeconds(stay: Stay, now: string): number {
  const next = stay.due.filter((due) => !due.done).map((due) => Date.parse(due.at) - Date.parse(now));
  const seconds = Math.ceil(Math.min(...next, longestSleepSeconds * 1000) / 1000);
  return Math.min(longestSleepSeconds, Math.max(1, seconds));
}

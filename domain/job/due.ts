import type { Job, Status } from './job.ts';

/** What time itself asks for in a status. */
export type DueKind = 'quote_reminder' | 'quote_expiry';

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

const dayMs = 86_400_000;
const plusDays = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMs).toISOString();

/** The due instants of a stay that opens now. */
export function dueOnEntering(job: Job, now: string): Due[] {
  if (job.status !== 'quoted' || !job.quote) return [];
  const reminder = plusDays(now, quoteReminderDays);
  return [
    ...(reminder < job.quote.validUntil
      ? [{ kind: 'quote_reminder' as const, at: reminder, done: false }]
      : []),
    { kind: 'quote_expiry', at: job.quote.validUntil, done: false },
  ];
}

export const openStay = (job: Job, now: string): Stay => ({
  visit: job.visit,
  status: job.status,
  enteredAt: now,
  due: dueOnEntering(job, now),
});

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

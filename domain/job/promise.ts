import type { LoggedEvent } from '../event.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Assignment } from './assign-vendor.ts';
import { promiseDue, type Stay } from './due.ts';
import { isLive, type Job } from './job.ts';
import { promisedDay, promiseFault } from './promised-day.ts';

const ended = refuse('not_allowed_now', 'The job has ended. Reopen it first.');

/**
 * The job with another promised day: what was told of the old one is forgotten, and the open stay waits for the new one (JT-33).
 * @param date `YYYY-MM-DD` in the shop's zone
 * @param timeZone the shop's
 */
export function promiseAnew(
  { job, stay }: { job: Job; stay: Stay },
  { date, reason, quiet }: { date: string; reason: string; quiet: boolean },
  timeZone: string,
  now: string,
): Required<Assignment> | Refusal {
  if (!isLive(job)) return ended;
  const fault = promiseFault(date, 'date', timeZone, now);
  if (fault) return fault;
  if (job.promised?.date === date) return refuse('invalid', 'This is the promised date already.', 'date');
  const { flags = [], ...rest } = job;
  const left = flags.filter((flag) => !flag.startsWith('promise_'));
  const after: Job = {
    ...rest,
    promised: promisedDay(date, timeZone),
    ...(left.length > 0 ? { flags: left } : {}),
  };
  const event: LoggedEvent = {
    type: 'job.promised_anew',
    data: { date, ...(job.promised ? { before: job.promised.date } : {}), reason },
    ...(quiet ? { quiet: true } : {}),
  };
  const due = [...stay.due.filter(({ kind }) => !kind.startsWith('promise_')), ...promiseDue(after)];
  return { job: after, stay: { ...stay, due }, event };
}

/** The job in another member's hands (JT-32). */
export function handTo(
  job: Job,
  salesperson: NonNullable<Job['salesperson']>,
  reason: string,
): Assignment | Refusal {
  if (!isLive(job)) return ended;
  if (job.salesperson?.personId === salesperson.personId)
    return refuse('invalid', `${salesperson.name} sees the job through already.`, 'salespersonId');
  return {
    job: { ...job, salesperson },
    event: {
      type: 'job.salesperson_changed',
      data: {
        name: salesperson.name,
        ...(job.salesperson ? { before: job.salesperson.name } : {}),
        reason,
      },
    },
  };
}

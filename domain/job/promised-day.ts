import { refuse, type Refusal } from '../refusal.ts';
import type { PromisedDay } from './job.ts';

const dayMs = 86_400_000;
/** Days before the promised one at which a job is due soon (JT-33). */
export const dueSoonDays = 2;

/**
 * The promised day with the instants at which it is near and over where the shop is.
 * @param date `YYYY-MM-DD`
 * @param timeZone IANA name
 */
export function promisedDay(date: string, timeZone: string): PromisedDay {
  return {
    date,
    soonAt: startOfDay(shifted(date, -dueSoonDays), timeZone),
    lateAt: startOfDay(shifted(date, 1), timeZone),
  };
}

/** Refuses a day that is over or that nobody lives to see. @param field where the date stands */
export function promiseFault(
  date: string,
  field: string,
  timeZone: string,
  now: string,
): Refusal | undefined {
  if (date < dayIn(now, timeZone)) return refuse('invalid', 'The promised date is over.', field);
  if (Number(date.slice(0, 4)) > Number(now.slice(0, 4)) + 100)
    return refuse('invalid', 'The promised date is more than a hundred years away.', field);
  return undefined;
}

/** The day that an instant falls on in a time zone, `YYYY-MM-DD`. */
export const dayIn = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(instant));

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The first instant of a day in a time zone, ISO 8601 UTC. */
export function startOfDay(date: string, timeZone: string): string {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // The offset at the guess may be another than at the day's start, so it is looked up once more there.
  const guess = midnight - offsetMs(midnight, timeZone);
  return new Date(midnight - offsetMs(guess, timeZone)).toISOString();
}

/** How far clocks in the zone are ahead of UTC at an instant. */
function offsetMs(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return Date.parse(`${format.format(instant).replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000;
}

import { dayIn } from '#domain/job/promised-day.ts';

/** The instant that stands for a day on which something was done: now if it is today, else its noon in UTC. */
export const noonOf = (day: string, now: string, timeZone: string): string =>
  day === dayIn(now, timeZone) ? now : `${day}T12:00:00.000Z`;

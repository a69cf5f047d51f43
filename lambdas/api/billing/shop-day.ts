import { dayIn, startOfDay } from '#domain/job/promised-day.ts';

const noonMs = 12 * 3_600_000;

/** The instant that stands for a day on which something was done: now if it is today, else its noon in the shop's zone. */
export const noonOf = (day: string, now: string, timeZone: string): string =>
  day === dayIn(now, timeZone) ? now : new Date(Date.parse(startOfDay(day, timeZone)) + noonMs).toISOString();

/**
 * Counting calls without a write per call: whoever serves calls takes a lease on a twentieth of a minute's allowance and spends it
 * from memory. What is leased and not spent in its minute is lost, so a limit is kept to the number above and to about a twentieth
 * per server below.
 */
export interface Lease {
  /** The minute it is for, since 1970. */
  minute: number;
  /** Calls left in it. */
  left: number;
}

const partsOfAllowance = 20;

export const minuteOf = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);

/** When the next minute begins, ISO 8601. */
export const nextMinute = (minute: number): string => new Date((minute + 1) * 60_000).toISOString();

/** How many calls are taken at once of so many a minute. */
export const leaseSize = (callsPerMinute: number): number =>
  Math.max(1, Math.ceil(callsPerMinute / partsOfAllowance));

/** The lease after one call, or undefined when it has none left for this minute. */
export const spend = (lease: Lease | undefined, minute: number): Lease | undefined =>
  lease?.minute === minute && lease.left > 0 ? { minute, left: lease.left - 1 } : undefined;

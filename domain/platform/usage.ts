/** What a shop used in one calendar month (UTC). */
export interface Usage {
  /** `2026-11`. */
  month: string;
  /** API calls of its people, customers and vendors. */
  calls: number;
  /** Jobs opened. */
  jobs: number;
  /** Files that came in and were kept, and their bytes. */
  files: number;
  fileBytes: number;
  mails: number;
  /** Lines of its log. */
  events: number;
  /** Snapshots of its agents. */
  machineMessages: number;
}

export const noUsage = (month: string): Usage => ({
  month,
  calls: 0,
  jobs: 0,
  files: 0,
  fileBytes: 0,
  mails: 0,
  events: 0,
  machineMessages: 0,
});

export const monthOf = (instant: string): string => instant.slice(0, 7);

/**
 * What one of each costs Kerf at AWS, in US dollars: list prices of us-east-1, November 2026 (tests/bench/cost/prices.ts names the
 * pages), times what the bench counted for a fabrication job (tests/bench/cost/figures.json). Good for telling a dear shop from a
 * cheap one, not for a bill; fixed costs of the installation are not in it.
 */
export const unitCosts = {
  /** Request $1.00/M, firewall 0.60, two invocations 0.40, 60 ms at 1 GB 0.80, ten reads 1.25, 2 kB of log 1.00. */
  calls: 5.05e-6,
  /** Its files' objects alone; what happens to it is in events, mails and calls. */
  jobs: 0,
  /** Six GB-seconds of checking 80/M, four objects written 20/M. */
  files: 100e-6,
  /** SES $100/M, six writes 3.75, ten reads 1.25, the sender's time 1.00. */
  mails: 106e-6,
  /** 2.8 state transitions $70/M, 39 writes 24.4, 20 reads 2.5, bus 1.00, five invocations 1.00. */
  events: 99e-6,
  /** Message $1.00/M, rule and action 0.30, queue 1.20, four writes 2.50, invocation and time 0.70, the pages' poke 1.00. */
  machineMessages: 6.7e-6,
} as const satisfies Record<Exclude<keyof Usage, 'month' | 'fileBytes'>, number>;

/** S3 standard, $0.023 per GB and month. */
const storedByteMonth = 0.023e-9;

/** About what a month of a shop cost Kerf, in US dollars. `storedBytes`: all its files by the end of it. */
export const costOf = (usage: Usage, storedBytes: number): number =>
  (Object.keys(unitCosts) as (keyof typeof unitCosts)[]).reduce(
    (sum, name) => sum + usage[name] * unitCosts[name],
    storedBytes * storedByteMonth,
  );

/** Months, oldest first, each with what was stored by its end and what it cost. */
export function withCosts(months: readonly Usage[]): (Usage & { storedBytes: number; dollars: number })[] {
  let storedBytes = 0;
  return months.map((usage) => {
    storedBytes += usage.fileBytes;
    return { ...usage, storedBytes, dollars: costOf(usage, storedBytes) };
  });
}

/**
 * A running number that also tells how much of it belongs to the current month, without a write of its own: the month it was last
 * moved in, and what it was when that month began.
 */
export interface MonthMark {
  month: string;
  before: number;
}

/** The mark after the number moved on from `value`; `closed` is the month that ended, with what belongs to it. */
export function markMonth(
  mark: MonthMark | undefined,
  value: number,
  month: string,
): { mark: MonthMark; closed?: { month: string; count: number } } {
  if (mark?.month === month) return { mark };
  const begun = { mark: { month, before: value } };
  return mark ? { ...begun, closed: { month: mark.month, count: value - mark.before } } : begun;
}

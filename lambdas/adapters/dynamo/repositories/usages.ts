import { monthOf, noUsage, type Usage } from '#domain/platform/usage.ts';
import { isConditionFailed } from '../condition-failed.ts';
import { update, type Write } from '../commit.ts';
import { commitWhileThere } from '../commit-while-there.ts';
import type { Tenant } from '../tenant.ts';
import { listAgents } from './farm.ts';

export type Counted = Partial<Omit<Usage, 'month'>>;

/** Adds to a month's numbers. A shop that was deleted meanwhile gets no row again. */
export async function countUsage(t: Tenant, month: string, amounts: Counted): Promise<void> {
  try {
    // Of the month's first there is none to add to.
    await t.entities.usage.patch({ month }).add(amounts).go();
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    await commitWhileThere(t, [usageWrite(t, month, amounts)]);
  }
}

/** The same as a part of a transaction. */
export const usageWrite = ({ entities }: Tenant, month: string, amounts: Counted): Write =>
  update('usage', entities.usage.upsert({ month }).add(amounts).params());

/** Counts a job; fails when the month has `limit` of them. */
export function jobCountWrite({ entities }: Tenant, instant: string, limit: number | undefined): Write {
  const counted = entities.usage.upsert({ month: monthOf(instant) }).add({ jobs: 1 });
  if (limit === undefined) return update('jobCount', counted.params());
  return update(
    'jobCount',
    counted.where(({ jobs }, { notExists, lt }) => `${notExists(jobs)} OR ${lt(jobs, limit)}`).params(),
  );
}

/** Every month the shop was there, oldest first, the current one last. */
export async function monthsOf(t: Tenant, instant: string): Promise<Usage[]> {
  const month = monthOf(instant);
  const [{ data: rows }, { data: log }, agents] = await Promise.all([
    t.entities.usage.query.ofShop({}).go({ consistent: true, pages: 'all' }),
    t.entities.counter.get({ name: 'events' }).go({ consistent: true }),
    listAgents(t),
  ]);
  const months = new Map(rows.map((row) => [row.month, { ...noUsage(row.month), ...row }]));
  const at = (each: string): Usage => {
    const usage = months.get(each) ?? noUsage(each);
    months.set(each, usage);
    return usage;
  };
  at(month);
  // Months whose numbers are still counted elsewhere.
  if (log?.month) at(log.month.month).events += log.value - log.month.before;
  for (const { messages = 0, month: mark } of agents)
    if (mark) at(mark.month).machineMessages += messages - mark.before;
  return [...months.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

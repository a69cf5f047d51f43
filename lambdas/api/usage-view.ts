import type { UsageView } from '#contract/views/platform.ts';
import { leftOf, metered, plans, type Metered } from '#domain/platform/plan.ts';
import { withCosts } from '#domain/platform/usage.ts';
import { now } from '../adapters/clock.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import { loadStanding } from '../adapters/dynamo/repositories/standings.ts';
import { monthsOf } from '../adapters/dynamo/repositories/usages.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

const mostMonths = 13;

/** What the shop has used of its plan, and month by month, newest first. What that costs Kerf is for operators. */
export async function usageView(t: Tenant): Promise<{ usage: UsageView; dollars: number[] }> {
  const [{ plan }, months, machines] = await Promise.all([
    loadStanding(t),
    monthsOf(t, now()),
    listMachines(t),
  ]);
  const costed = withCosts(months).reverse().slice(0, mostMonths);
  const [current] = costed;
  const used: Record<Metered, number> = {
    jobsPerMonth: current?.jobs ?? 0,
    storageBytes: current?.storedBytes ?? 0,
    machines: machines.length,
  };
  return {
    usage: {
      plan,
      planTitle: plans[plan].title,
      limits: metered.map((what) => {
        const limit = plans[plan][what];
        const left = leftOf(plan, what, used[what]);
        return {
          what,
          used: used[what],
          ...(limit === undefined ? {} : { limit }),
          ...(left === undefined ? {} : { left }),
        };
      }),
      months: costed.map(({ dollars: _, ...month }) => month),
    },
    dollars: costed.map(({ dollars }) => dollars),
  };
}

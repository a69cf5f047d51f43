import { overPlan, plans } from '#domain/platform/plan.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { now } from '../adapters/clock.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import { countJobWithin, monthsOf } from '../adapters/dynamo/repositories/usages.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { refused } from '../http/problem.ts';
import { standingOf } from '../http/standing.ts';

/** Counts a job that is about to be opened. @throws ApiError over_plan */
export async function countJob(t: Tenant): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  const instant = now();
  if (await countJobWithin(t, instant, plans[plan].jobsPerMonth)) return;
  const used = (await monthsOf(t, instant)).find(({ month }) => month === monthOf(instant))?.jobs ?? 0;
  throw refused(overPlan(plan, 'jobsPerMonth', used));
}

/**
 * Whether there is room for a file of so many bytes. It is counted when it has come in and is kept, so files on their way at the same
 * moment may pass a little over the limit.
 * @throws ApiError over_plan
 */
export async function needRoom(t: Tenant, bytes: number): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  const limit = plans[plan].storageBytes;
  if (limit === undefined) return;
  const stored = (await monthsOf(t, now())).reduce((sum, { fileBytes }) => sum + fileBytes, 0);
  if (stored + bytes > limit) throw refused(overPlan(plan, 'storageBytes', stored));
}

/** @throws ApiError over_plan */
export async function needMachine(t: Tenant): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  const limit = plans[plan].machines;
  if (limit === undefined) return;
  const { length } = await listMachines(t);
  if (length >= limit) throw refused(overPlan(plan, 'machines', length));
}

import { fullForOthers, limitFor, overPlan, plans, type Taker } from '#domain/platform/plan.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import { listJobs } from '../adapters/dynamo/repositories/jobs.ts';
import { jobCountWrite, monthsOf } from '../adapters/dynamo/repositories/usages.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import type { Caller, ShopCaller } from '../http/caller.ts';
import { ApiError, refused } from '../http/problem.ts';
import { standingOf } from '../http/standing.ts';
import { storedIfFull } from '../use-cases/storage-room.ts';

/** Drafts that a customer has open at the same time. */
const mostDrafts = 20;

/**
 * Commits a job that is opened, and counts it with it: of several at once never one too many, and none that did not come to be.
 * @throws ApiError over_plan
 */
export async function commitNewJob(
  t: Tenant,
  caller: ShopCaller,
  writes: readonly Write[],
  instant: string,
): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  try {
    await commit(t.client, [
      ...writes,
      jobCountWrite(t, instant, limitFor(plan, 'jobsPerMonth', takerOf(caller))),
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError && error.names.includes('jobCount'))) throw error;
    if (caller.kind !== 'staff') throw refused(fullForOthers());
    const used = (await monthsOf(t, instant)).find(({ month }) => month === monthOf(instant))?.jobs ?? 0;
    throw refused(overPlan(plan, 'jobsPerMonth', used));
  }
}

/** Asked before a number is given out: whoever is refused uses up none. @throws ApiError not_allowed_now */
export async function needFewDrafts(t: Tenant, caller: ShopCaller): Promise<void> {
  if (caller.kind === 'staff') return;
  const { customerId } = caller;
  const { jobs } = await listJobs(t, { customerId }, { limit: 100 });
  if (jobs.filter(({ status }) => status === 'draft').length >= mostDrafts)
    throw new ApiError(
      'not_allowed_now',
      `You have begun ${mostDrafts} requests. Send or cancel one of them first.`,
    );
}

const takerOf = ({ kind }: Pick<Caller, 'kind'>): Taker => (kind === 'staff' ? 'staff' : 'others');

/**
 * Whether there is room for a file of so many bytes. It is counted when it has come in and is kept, and its check looks once more: only
 * files that are checked at the same moment may pass a little over the limit.
 * @throws ApiError over_plan
 */
export async function needRoom(t: Tenant, caller: Pick<Caller, 'kind'>, bytes: number): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  const stored = await storedIfFull(t, plan, takerOf(caller), bytes);
  if (stored !== undefined)
    throw refused(caller.kind === 'staff' ? overPlan(plan, 'storageBytes', stored) : fullForOthers());
}

/** @throws ApiError over_plan */
export async function needMachine(t: Tenant): Promise<void> {
  const { plan } = await standingOf(t.shopId);
  const limit = plans[plan].machines;
  if (limit === undefined) return;
  const { length } = await listMachines(t);
  if (length >= limit) throw refused(overPlan(plan, 'machines', length));
}

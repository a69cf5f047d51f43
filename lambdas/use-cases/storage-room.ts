import { limitFor, type PlanName, type Taker } from '#domain/platform/plan.ts';
import { now } from '../adapters/clock.ts';
import { monthsOf } from '../adapters/dynamo/repositories/usages.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** Bytes that are stored when so many more are beyond what the plan leaves to the taker; undefined: they fit. */
export async function storedIfFull(
  t: Tenant,
  plan: PlanName,
  taker: Taker,
  bytes: number,
): Promise<number | undefined> {
  const limit = limitFor(plan, 'storageBytes', taker);
  if (limit === undefined) return undefined;
  const stored = (await monthsOf(t, now())).reduce((sum, { fileBytes }) => sum + fileBytes, 0);
  return stored + bytes > limit ? stored : undefined;
}

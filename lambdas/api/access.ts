import type { Caller, ShopCaller } from '../http/caller.ts';
import { notFound } from '../http/problem.ts';
import { loadJob, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';

/** The caller as one who belongs to a shop, and that shop's door to the table. Routes that admit others never ask. */
export function inShop(who: Caller): { caller: ShopCaller; t: Tenant } {
  if (who.kind !== 'staff' && who.kind !== 'customer' && who.kind !== 'link') throw notFound();
  return { caller: who, t: tenant(who.shopId) };
}

/** Customers see what is theirs, a link the one job it names; the rest does not exist for them. */
export function maySee(caller: ShopCaller, thing: { customerId: string; jobId: string }): boolean {
  if (caller.kind === 'staff') return true;
  if (caller.kind === 'link') return thing.jobId === caller.jobId && thing.customerId === caller.customerId;
  return thing.customerId === caller.customerId;
}

/** @throws ApiError not_found */
export async function visibleJob(t: Tenant, caller: ShopCaller, jobId: string): Promise<LoadedJob> {
  return seenBy(caller, await loadJob(t, jobId));
}

/** @throws ApiError not_found when there is no such job for this caller */
export function seenBy<Loaded extends LoadedJob>(caller: ShopCaller, loaded: Loaded | undefined): Loaded {
  if (!loaded) throw notFound();
  const { id: jobId, customer } = loaded.job;
  if (!maySee(caller, { customerId: customer.customerId, jobId })) throw notFound();
  return loaded;
}

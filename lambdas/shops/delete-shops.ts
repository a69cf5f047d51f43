import { now } from '../adapters/clock.ts';
import { dueOnList } from '../adapters/dynamo/system.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { eachSafely } from '../use-cases/each-safely.ts';
import { workOnDeletion } from '../use-cases/delete-shop.ts';

/** Less than the function's time, so that what is begun can be finished. */
const workMs = 240_000;

/** Shops whose time is over are deleted, a piece at a time. */
export async function handler(): Promise<void> {
  const until = Date.now() + workMs;
  await eachSafely(await dueOnList('CLOSING', now()), async ({ shopId }) => {
    if (Date.now() < until) await workOnDeletion(tenant(shopId), until);
  });
}

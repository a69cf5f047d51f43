import { now } from '../adapters/clock.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { workOnDeletion } from '../use-cases/delete-shop.ts';
import { sweepList } from '../use-cases/sweep-list.ts';

/** Less than the function's time, so that what is begun can be finished. */
const workMs = 240_000;

/** Shops whose time is over are deleted, a piece at a time. */
export async function handler(): Promise<void> {
  const until = Date.now() + workMs;
  await sweepList('CLOSING', now(), ({ shopId }) => workOnDeletion(tenant(shopId), until), {
    atOnce: 1,
    forMs: workMs,
  });
}

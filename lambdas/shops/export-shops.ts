import { now } from '../adapters/clock.ts';
import type { WatchEntry } from '../adapters/dynamo/system.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { workOnExport } from '../use-cases/export-shop.ts';
import { sweepList } from '../use-cases/sweep-list.ts';

/** Less than the function's time, so that the file begun last can be finished. */
const workMs = 150_000;
const volumeBytes = 32 * 1024 * 1024;

/** Exports that are being made go on; those whose time is over lose their files. */
export async function handler(): Promise<void> {
  const until = Date.now() + workMs;
  const work = async ({ shopId, id }: WatchEntry) =>
    id && workOnExport(tenant(shopId), id, { until, volumeBytes });
  // One at a time: each holds a file in memory.
  await sweepList('EXPORT', now(), work, { atOnce: 1, forMs: workMs });
}

import { now } from '../adapters/clock.ts';
import { dueOnList } from '../adapters/dynamo/system.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { eachSafely } from '../use-cases/each-safely.ts';
import { workOnExport } from '../use-cases/export-shop.ts';

/** Less than the function's time, so that the file begun last can be finished. */
const workMs = 150_000;
const volumeBytes = 32 * 1024 * 1024;

/** Exports that are being made go on; those whose time is over lose their files. */
export async function handler(): Promise<void> {
  const until = Date.now() + workMs;
  await eachSafely(await dueOnList('EXPORT', now()), async ({ shopId, id }) => {
    if (id && Date.now() < until) await workOnExport(tenant(shopId), id, { until, volumeBytes });
  });
}

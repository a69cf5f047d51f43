import { monthOf } from '#domain/platform/usage.ts';
import { now } from '../adapters/clock.ts';
import { countUsage } from '../adapters/dynamo/repositories/usages.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

/** Written together: one write for so many calls of a shop, or for those of so long. */
const mostUnwritten = 60;
const unwrittenMs = 60_000;
const mostShops = 5000;

const unwritten = new Map<string, { calls: number; since: number }>();

/**
 * Counts a call of the shop for its month. It is kept in memory first, so an environment that ends loses what it has not written: at
 * most a minute of calls, of which there are fewer than sixty. Never throws: a count is not worth a call.
 */
export async function countCall(shopId: string): Promise<void> {
  const waiting = unwritten.get(shopId) ?? { calls: 0, since: Date.now() };
  waiting.calls += 1;
  if (unwritten.size < mostShops) unwritten.set(shopId, waiting);
  if (waiting.calls < mostUnwritten && Date.now() - waiting.since < unwrittenMs) return;
  unwritten.delete(shopId);
  try {
    await countUsage(tenant(shopId), monthOf(now()), { calls: waiting.calls });
  } catch (error) {
    logger.error('calls could not be counted', {
      shopId,
      calls: waiting.calls,
      error: error instanceof Error ? error : new Error('unknown'),
    });
  }
}

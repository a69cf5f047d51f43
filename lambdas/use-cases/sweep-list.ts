import { dueOnList, entryOf, type WatchEntry, type WatchList } from '../adapters/dynamo/system.ts';
import { logger } from '../logger.ts';

/** Rows that are taken from the list together. */
const batchSize = 100;
/** Less than the time of a function that sweeps, so that what is begun can be finished. */
const usualMs = 35_000;

/**
 * Works through what is due on a watch list, oldest first, until its end or the time's; what is left is the next run's. Finds of one shop
 * come one after the other, those of several shops beside each other. A find that fails, or that nobody can read, is logged and holds up
 * nobody, however often it comes again.
 * @param atOnce shops
 * @returns how many finds there were
 */
export async function sweepList(
  list: WatchList,
  instant: string,
  work: (find: WatchEntry) => Promise<unknown>,
  { atOnce = 4, forMs = usualMs } = {},
): Promise<number> {
  const until = Date.now() + forMs;
  let finds = 0;
  let batch: WatchEntry[] = [];
  const workThrough = async () => {
    const shops = [...Map.groupBy(batch, ({ shopId }) => shopId).values()];
    batch = [];
    const lane = async () => {
      for (let ofShop = shops.shift(); ofShop; ofShop = shops.shift())
        for (const find of ofShop) if (Date.now() < until) await safely(list, find, () => work(find));
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  };
  for await (const row of dueOnList(list, instant)) {
    finds += 1;
    await safely(list, { syssk: row['syssk'] }, () => batch.push(entryOf(row)));
    if (batch.length === batchSize) await workThrough();
    if (Date.now() >= until) return finds;
  }
  await workThrough();
  return finds;
}

async function safely(list: WatchList, find: object, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error('a find of a sweep failed', {
      list,
      ...find,
      error: error instanceof Error ? error : new Error('unknown'),
    });
  }
}

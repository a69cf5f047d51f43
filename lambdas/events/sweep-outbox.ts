import { now } from '../adapters/clock.ts';
import { dueOnList } from '../adapters/dynamo/system.ts';
import { logger } from '../logger.ts';
import { eachSafely } from '../use-cases/each-safely.ts';
import { relayEvent } from '../use-cases/relay-event.ts';

/** A stream forgets after a day and a record may be skipped: rows that wait longer than this are relayed from the list. */
const patienceMs = 60_000;

/** Finds event rows that were never relayed. */
export async function handler(): Promise<{ relayed: number }> {
  const waiting = await dueOnList('OUTBOX', new Date(Date.parse(now()) - patienceMs).toISOString());
  await eachSafely(waiting, async ({ shopId, jobId, id }) => {
    if (jobId && id) await relayEvent(shopId, jobId, id);
  });
  if (waiting.length > 0) logger.warn('outbox rows were overdue', { relayed: waiting.length });
  return { relayed: waiting.length };
}

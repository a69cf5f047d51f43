import { now } from '../adapters/clock.ts';
import { logger } from '../logger.ts';
import { relayEvent } from '../use-cases/relay-event.ts';
import { sweepList } from '../use-cases/sweep-list.ts';

/** A stream forgets after a day and a record may be skipped: rows that wait longer than this are relayed from the list. */
const patienceMs = 60_000;

/** Finds event rows that were never relayed. */
export async function handler(): Promise<{ relayed: number }> {
  const before = new Date(Date.parse(now()) - patienceMs).toISOString();
  const relayed = await sweepList('OUTBOX', before, async ({ shopId, jobId, id }) => {
    if (jobId && id) await relayEvent(shopId, jobId, id);
  });
  if (relayed > 0) logger.warn('outbox rows were overdue', { relayed });
  return { relayed };
}

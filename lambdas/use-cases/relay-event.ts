import { now } from '../adapters/clock.ts';
import { putEvents } from '../adapters/bus/bus.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import {
  clearOutbox,
  lastSeq,
  loadEvent,
  numberWrites,
  toBusEvent,
  type EventRow,
} from '../adapters/dynamo/repositories/outbox.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';

const mostTries = 12;

/**
 * Numbers the event once and puts it on the bus at least once. Repeating it is harmless. An event without a row went with its shop: it
 * holds up nobody.
 */
export async function relayEvent(shopId: string, jobId: string, eventId: string): Promise<void> {
  const t = tenant(shopId);
  const known = await numbered(t, jobId, eventId);
  if (!known) return;
  const { row, seq } = known;
  const refused = await putEvents([toBusEvent(row, seq)]);
  if (refused.size > 0) throw new Error(`The bus did not take event ${eventId}`);
  await clearOutbox(t, jobId, eventId);
}

/** The shop's next number goes to the event in the transaction that moves the counter: gapless, and once. */
async function numbered(
  t: Tenant,
  jobId: string,
  eventId: string,
): Promise<{ row: EventRow; seq: number } | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const row = await loadEvent(t, jobId, eventId);
    if (!row) return undefined;
    if (row.seq !== undefined) return { row, seq: row.seq };
    const last = await lastSeq(t);
    try {
      await commit(t.client, numberWrites(t, row, last, now()));
      return { row, seq: last.value + 1 };
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}

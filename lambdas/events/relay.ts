import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { relayEvent } from '../use-cases/relay-event.ts';
import { logger } from '../logger.ts';

/** An outbox row in a stream record, as far as the relay reads it. */
const outboxImage = z.object({
  __edb_e__: z.object({ S: z.literal('event') }),
  shopId: z.object({ S: id('shop') }),
  jobId: z.object({ S: id('job') }),
  id: z.object({ S: id('evt') }),
  /** A row that comes with its number was told long ago: somebody has put it back. */
  seq: z.undefined().optional(),
});

/** The table's stream: new outbox rows are numbered and put on the bus, in order; the first failure is tried again from there. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    if (record.eventName !== 'INSERT') continue;
    const row = outboxImage.safeParse(record.dynamodb?.NewImage);
    if (!row.success) continue;
    const { shopId, jobId, id: eventId } = row.data;
    try {
      await relayEvent(shopId.S, jobId.S, eventId.S);
    } catch (error) {
      logger.error('relay failed', {
        shopId: shopId.S,
        eventId: eventId.S,
        error: error instanceof Error ? error : new Error('unknown'),
      });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

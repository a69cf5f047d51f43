/** The event an SQS event source hands to a function, and the answer it reads. */
import { createHash, randomUUID } from 'node:crypto';

export interface QueuedRecord {
  id: number;
  /** JSON text of what was enqueued. */
  payload: string;
  message_id: string;
  attempts: number;
  sent_at: number;
  first_received_at: number | null;
}

/** Builds `{Records: [...]}` for the function's queue, in the order given. */
export function sqsEvent(target: string, records: readonly QueuedRecord[], region = 'us-east-1') {
  return {
    Records: records.map((record) => ({
      messageId: record.message_id,
      receiptHandle: randomUUID(),
      body: record.payload,
      attributes: {
        ApproximateReceiveCount: String(record.attempts),
        SentTimestamp: String(record.sent_at),
        SenderId: '000000000000',
        ApproximateFirstReceiveTimestamp: String(record.first_received_at ?? record.sent_at),
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update(record.payload).digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: `arn:aws:sqs:${region}:000000000000:${target}`,
      awsRegion: region,
    })),
  };
}

/**
 * Message ids a function reported as failed (`{batchItemFailures: [{itemIdentifier}]}`). As on AWS, a malformed
 * report or an id that was not in the batch fails the whole batch, and no report means success.
 */
export function failedIds(answer: unknown, messageIds: readonly string[]): Set<string> {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return new Set();
  const report: unknown = answer.batchItemFailures ?? [];
  const ids = Array.isArray(report)
    ? report.map((item: unknown) => (item as { itemIdentifier?: unknown } | null)?.itemIdentifier)
    : [undefined];
  const known = ids.filter((id): id is string => typeof id === 'string' && messageIds.includes(id));
  return new Set(known.length === ids.length ? known : messageIds);
}

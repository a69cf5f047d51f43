/** What DynamoDB does on its own in the cloud: expired items vanish, old stream records too. */
import { type DynamoDBClient, DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { TABLE, type TableShape } from '#contract/table.ts';
import type { MovableClock } from '../engine/clock.ts';

const FIVE_YEARS_SECONDS = 5 * 365 * 24 * 3600;
const SWEEP_EVERY_MS = 5 * 60_000;

export interface RunningSweeper {
  stop(): Promise<void>;
}

/** Deletes what has expired by business time; gives how many. Stamps older than five years are left alone, as on AWS. */
export async function sweepExpired(
  client: DynamoDBClient,
  now: Date,
  shape: TableShape = TABLE,
): Promise<number> {
  const seconds = Math.floor(now.getTime() / 1000);
  const expired = {
    ExpressionAttributeNames: { '#ttl': shape.ttlAttribute },
    ExpressionAttributeValues: {
      ':from': { N: String(seconds - FIVE_YEARS_SECONDS) },
      ':now': { N: String(seconds) },
    },
  };
  const condition = '#ttl BETWEEN :from AND :now';
  let deleted = 0;
  let start: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: shape.name,
        FilterExpression: condition,
        ProjectionExpression: '#pk, #sk',
        ExpressionAttributeValues: expired.ExpressionAttributeValues,
        ExpressionAttributeNames: {
          ...expired.ExpressionAttributeNames,
          '#pk': shape.key.partition,
          '#sk': shape.key.sort,
        },
        ...(start === undefined ? {} : { ExclusiveStartKey: start }),
      }),
    );
    for (const Key of page.Items ?? []) {
      try {
        await client.send(
          new DeleteItemCommand({ TableName: shape.name, Key, ConditionExpression: condition, ...expired }),
        );
        deleted += 1;
      } catch (error) {
        // Its life was prolonged since the scan.
        if (!(error instanceof Error && error.name === 'ConditionalCheckFailedException')) throw error;
      }
    }
    start = page.LastEvaluatedKey as typeof start;
  } while (start !== undefined);
  return deleted;
}

/** Sweeps at an interval and whenever business time is moved; never twice at once. */
export function startSweeper(options: {
  client: DynamoDBClient;
  clock: MovableClock;
  onError: (error: unknown) => void;
  everyMs?: number;
}): RunningSweeper {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const sweep = () => {
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = sweepExpired(options.client, options.clock.now())
      .then(() => undefined, options.onError)
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          sweep();
        }
      });
  };
  const timer = setInterval(sweep, options.everyMs ?? SWEEP_EVERY_MS);
  options.clock.onAdvance(sweep);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

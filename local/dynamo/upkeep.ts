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

/** A sweep reads the whole table: it may take this share of the time, however large the table is and however often time is moved. */
const share = 1 / 20;

/** Sweeps at an interval and when business time has been moved; never twice at once. */
export function startSweeper(options: {
  client: DynamoDBClient;
  clock: MovableClock;
  onError: (error: unknown) => void;
  everyMs?: number;
}): RunningSweeper {
  const { client, clock, onError, everyMs = SWEEP_EVERY_MS } = options;
  let running: Promise<void> | undefined;
  let next: NodeJS.Timeout | undefined;
  let restsUntil = 0;
  let [movedMeanwhile, stopped] = [false, false];
  const sweepIn = (ms: number) => {
    clearTimeout(next);
    if (stopped) return;
    next = setTimeout(() => {
      running = sweep();
    }, ms).unref();
  };
  const sweep = async () => {
    const began = performance.now();
    await sweepExpired(client, clock.now()).catch(onError);
    const ended = performance.now();
    const rest = (ended - began) / share;
    restsUntil = ended + rest;
    running = undefined;
    sweepIn(movedMeanwhile ? rest : everyMs);
    movedMeanwhile = false;
  };
  clock.onAdvance(() => {
    if (running) movedMeanwhile = true;
    else sweepIn(Math.max(0, restsUntil - performance.now()));
  });
  sweepIn(everyMs);
  return {
    async stop() {
      stopped = true;
      clearTimeout(next);
      await running;
    },
  };
}

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { eventSource, type BusEvent } from '#contract/events.ts';
import { functions } from '#contract/functions.ts';
import type { StoredRow } from '#lambdas/adapters/dynamo/read-rows.ts';
import type { EventRow } from '#lambdas/adapters/dynamo/repositories/outbox.ts';
import { rowsOf } from '#lambdas/adapters/dynamo/rows-of.ts';
import type { Platform } from '../platform/platform.ts';

/** What EventBridge would hand to a function. */
export interface Delivery {
  source: typeof eventSource;
  'detail-type': string;
  detail: BusEvent;
}

/** Calls a function as the bus would. @throws when the function fails */
export type Invoke = (functionName: string, event: Delivery) => Promise<unknown>;

export interface Replayed {
  /** Numbers of the events that the reactor listens to, in order. */
  told: number[];
  /** Events of kinds it does not listen to. */
  passedOver: number;
}

/** Functions that are told of a shop's events. */
export const reactors = functions.flatMap(({ name, trigger }) =>
  trigger.kind === 'bus' && trigger.source === eventSource ? [{ name, listensTo: trigger.detailTypes }] : [],
);

/**
 * Tells one reactor of the shop's events from one number to another once more, one after the other, in order. Reactors know an event by
 * its id: what they did for it they do not do again. Without `invoke` nothing is told.
 * @throws on the first failure, naming the event; or when a number is in no row
 */
export async function replayEvents(
  platform: Pick<Platform, 'table' | 'tableName'>,
  wish: { shopId: string; reactor: string; from: number; to: number },
  invoke: Invoke | undefined,
): Promise<Replayed> {
  const { toBusEvent } = await import('#lambdas/adapters/dynamo/repositories/outbox.ts');
  const reactor = reactors.find(({ name }) => name === wish.reactor);
  if (!reactor)
    throw new Error(
      `${wish.reactor} is told of no events. Choose one of ${reactors.map(({ name }) => name).join(', ')}.`,
    );
  const replayed: Replayed = { told: [], passedOver: 0 };
  let expected = wish.from;
  for await (const row of logOf(platform, wish)) {
    if (row.seq !== expected)
      throw new Error(
        `Event ${expected} is in no row of the shop's log. Told so far: ${replayed.told.length}.`,
      );
    expected += 1;
    if (!reactor.listensTo.includes(row.type)) {
      replayed.passedOver += 1;
      continue;
    }
    const detail = toBusEvent(row, row.seq);
    try {
      await invoke?.(reactor.name, { source: eventSource, 'detail-type': row.type, detail });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${reactor.name} failed on event ${row.seq} (${row.type}): ${why}`, { cause: error });
    }
    replayed.told.push(row.seq);
  }
  return replayed;
}

type LogRow = EventRow & { seq: number };

const placeOf = (seq: number): string => `SEQ#${String(seq).padStart(12, '0')}`;

async function* logOf(
  { table, tableName }: Pick<Platform, 'table' | 'tableName'>,
  { shopId, from, to }: { shopId: string; from: number; to: number },
): AsyncGenerator<LogRow> {
  const { entities } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const { event } = entities({ table: tableName, client: table }, shopId);
  let next: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await table.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :log AND gsi1sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':log': `SHOP#${shopId}#LOG`,
          ':from': placeOf(from),
          ':to': placeOf(to),
        },
        ...(next ? { ExclusiveStartKey: next } : {}),
      }),
    );
    yield* rowsOf(event, Items as StoredRow[]) as LogRow[];
    next = LastEvaluatedKey;
  } while (next !== undefined);
}

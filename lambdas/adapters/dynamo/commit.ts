import { setTimeout } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  TransactWriteCommand,
  type DynamoDBDocumentClient,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One row's part in a transaction. `name` says in the error which condition failed. */
export interface Write {
  name: string;
  item: TransactItem;
}

/** ElectroDB's `.params()` are loosely typed; these give them their place in a transaction. */
export const put = (name: string, params: object): Write => ({
  name,
  item: { Put: params as NonNullable<TransactItem['Put']> },
});
export const update = (name: string, params: object): Write => ({
  name,
  item: { Update: params as NonNullable<TransactItem['Update']> },
});
export const remove = (name: string, params: object): Write => ({
  name,
  item: { Delete: params as NonNullable<TransactItem['Delete']> },
});

/** A condition on a row that is not written. */
export function check(
  name: string,
  key: { TableName: string; Key: Record<string, unknown> },
  attribute: string,
  equals: unknown,
): Write {
  return {
    name,
    item: {
      ConditionCheck: {
        TableName: key.TableName,
        Key: key.Key,
        ConditionExpression: '#a = :v',
        ExpressionAttributeNames: { '#a': attribute },
        ExpressionAttributeValues: { ':v': equals },
      },
    },
  };
}

/** A condition failed: somebody else was first. `names` lists the writes at fault. */
export class ConflictError extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super(`Conflict on ${names.join(', ')}`);
    this.name = 'ConflictError';
    this.names = names;
  }
}

/** Other transactions held one of the rows for as long as we tried. Nothing is known of its conditions; to be repeated. */
export class BusyError extends Error {
  constructor(names: readonly string[]) {
    super(`Rows stayed busy: ${names.join(', ')}`);
    this.name = 'BusyError';
  }
}

const mostTries = 7;
const firstPauseMs = 20;

/**
 * All or nothing. Rows held by another transaction are waited for (20 ms doubling, about 1 s in all).
 * @throws ConflictError when a condition failed
 * @throws BusyError when rows stayed held
 */
export async function commit(client: DynamoDBDocumentClient, writes: readonly Write[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes.map((write) => write.item) }));
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const at = (code: string) =>
        writes.filter((_, index) => reasons[index]?.Code === code).map((write) => write.name);
      const failed = at('ConditionalCheckFailed');
      if (failed.length > 0) throw new ConflictError(failed);
      const held = at('TransactionConflict');
      if (held.length === 0) throw error;
      if (attempt === mostTries) throw new BusyError(held);
    }
    await setTimeout(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
  }
}

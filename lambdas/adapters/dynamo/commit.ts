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

/** A condition failed, or another transaction held one of the rows. `names` lists the writes at fault. */
export class ConflictError extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super(`Conflict on ${names.join(', ')}`);
    this.name = 'ConflictError';
    this.names = names;
  }
}

/** All or nothing. @throws ConflictError */
export async function commit(client: DynamoDBDocumentClient, writes: readonly Write[]): Promise<void> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: writes.map((write) => write.item) }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    const at = (code: string) =>
      writes.filter((_, index) => reasons[index]?.Code === code).map((write) => write.name);
    const failed = [...at('ConditionalCheckFailed'), ...at('TransactionConflict')];
    if (failed.length === 0) throw error;
    throw new ConflictError(failed);
  }
}

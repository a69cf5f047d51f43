import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableName } from './client.ts';

const inParallel = 20;

/** Deletes rows, all before the last one; those that are gone already are no trouble. */
export async function removeRows(
  client: DynamoDBDocumentClient,
  rows: readonly { pk: string; sk: string }[],
): Promise<void> {
  const removeOne = ({ pk, sk }: { pk: string; sk: string }) =>
    client.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
  const others = rows.slice(0, -1);
  for (let at = 0; at < others.length; at += inParallel)
    await Promise.all(others.slice(at, at + inParallel).map(removeOne));
  await Promise.all(rows.slice(-1).map(removeOne));
}

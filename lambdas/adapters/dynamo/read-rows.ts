import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from './client.ts';
import type { Tenant } from './tenant.ts';

/** A row as it lies in the table. */
export type StoredRow = Record<string, unknown> & { pk: string; sk: string };

/** First and last sort key of a range, both included. */
export type KeyRange = readonly [first: string, last: string];

/** No id and no name of a row has a character after it. */
export const afterAll = '~';

/**
 * Rows of one of the shop's partitions, or of a range of it, whatever their kind, in order of their sort keys. Consistent.
 * @param partition what follows `SHOP#<shopId>#` in the key
 */
export async function readRows(
  { client, shopId }: Tenant,
  partition: string,
  range?: KeyRange,
): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: range ? 'pk = :pk AND sk BETWEEN :first AND :last' : 'pk = :pk',
        ExpressionAttributeValues: {
          ':pk': `SHOP#${shopId}#${partition}`,
          ...(range ? { ':first': range[0], ':last': range[1] } : {}),
        },
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    rows.push(...((page.Items ?? []) as StoredRow[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return rows;
}

/** One row, as it was at most a moment ago. @param partition as in `readRows` */
export async function readRow(
  { client, shopId }: Tenant,
  partition: string,
  sk: string,
): Promise<StoredRow | undefined> {
  const Key = { pk: `SHOP#${shopId}#${partition}`, sk };
  const { Item } = await client.send(new GetCommand({ TableName: tableName, Key }));
  return Item as StoredRow | undefined;
}

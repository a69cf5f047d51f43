import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Entity, EntityItem } from 'electrodb';
import { tableName } from './client.ts';
import { unfolded, type RowSchema } from './nested.ts';
import type { Tenant } from './tenant.ts';

/** A row as it lies in the table. */
export type StoredRow = Record<string, unknown> & { pk: string; sk: string };

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type AnyEntity = Entity<any, any, any, any>;

/** Of rows of many kinds those of one entity, as its own `parse` gives them in several times the time. */
export function rowsOf<Kind extends AnyEntity>(entity: Kind, rows: readonly StoredRow[]): EntityItem<Kind>[] {
  const schema = entity.schema as RowSchema;
  return rows
    .filter((row) => row['__edb_e__'] === schema.model.entity)
    .map((row) => {
      const own: Record<string, unknown> = {};
      for (const name in row) if (Object.hasOwn(schema.attributes, name)) own[name] = row[name];
      return unfolded(schema, own) as EntityItem<Kind>;
    });
}

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

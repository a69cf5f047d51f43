import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { Platform } from '../platform/platform.ts';

/** A row as it lies in the table. */
export type Item = Record<string, unknown> & { pk: string; sk: string };

/** A row's name in maps and reports; neither half of a key holds a blank. */
export const nameOf = ({ pk, sk }: { pk: string; sk: string }): string => `${pk} ${sk}`;

const mostKeys = 100;

/** What lies in the table under these names. */
export async function storedRows(
  { table, tableName }: Platform,
  names: readonly string[],
): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  let left = names.map((name) => {
    const [pk = '', sk = ''] = name.split(' ');
    return { pk, sk };
  });
  while (left.length > 0) {
    const Keys = left.slice(0, mostKeys);
    const { Responses, UnprocessedKeys } = await table.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    );
    for (const item of (Responses?.[tableName] ?? []) as Item[]) found.set(nameOf(item), item);
    const again = (UnprocessedKeys?.[tableName]?.Keys ?? []) as typeof left;
    left = [...again, ...left.slice(mostKeys)];
  }
  return found;
}

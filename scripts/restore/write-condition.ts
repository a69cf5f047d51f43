import type { WantedRow } from './rows-of-export.ts';
import type { Item } from './stored-rows.ts';

/** Whoever changed it since it was compared is right; what leads to another shop by now is not taken over. */
export function writeCondition({ item }: WantedRow, before: Item | undefined, shopId: string) {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const is = (name: string, value: unknown) => ({
    ConditionExpression: '#name = :value',
    ExpressionAttributeNames: { '#name': name },
    ExpressionAttributeValues: { ':value': value },
  });
  if (!item.pk.startsWith(`SHOP#${shopId}#`)) return is('shopId', shopId);
  return before['version'] === undefined ? {} : is('version', before['version']);
}

import { CustomAttributeType } from 'electrodb';

/** DynamoDB refuses such numbers in its own form of a value; JSON would make them null. */
const refuseNoNumber = (name: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`A row can not hold ${value} as ${name}.`);
  return value;
};

const textOf = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.stringify(value, refuseNoNumber);
const fromText = (text?: string): unknown => (text === undefined ? undefined : JSON.parse(text));

/**
 * An attribute with a value inside which no expression reaches. It lies in its row as JSON text: what DynamoDB makes of nested values
 * costs the SDK several times as much to read and to write.
 */
export const nested = <T>() => ({
  type: CustomAttributeType<T>('any' as never),
  set: textOf,
  get: fromText as (text?: string) => T,
});

interface AnyEntity {
  schema: { attributes: object };
}

/** What a row says that was read without its entity, nested values as they are. */
export function unfolded({ schema }: AnyEntity, row: Record<string, unknown>): Record<string, unknown> {
  const attributes = schema.attributes as Record<string, { get?: unknown }>;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      attributes[name]?.get === fromText ? fromText(value as string) : value,
    ]),
  );
}

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

/** Of an entity's schema, what says how its rows are read. */
export interface RowSchema {
  model: { entity: string };
  attributes: object;
}

const known = new WeakMap<RowSchema, readonly string[]>();

function nestedNames(schema: RowSchema): readonly string[] {
  const names = known.get(schema);
  if (names) return names;
  const attributes = Object.entries(schema.attributes as Record<string, { get?: unknown }>);
  const found = attributes.filter(([, { get }]) => get === fromText).map(([name]) => name);
  known.set(schema, found);
  return found;
}

/** What a row says that was read without its entity: its nested values as they are. */
export function unfolded(schema: RowSchema, row: Record<string, unknown>): Record<string, unknown> {
  const said = { ...row };
  for (const name of nestedNames(schema))
    if (said[name] !== undefined) said[name] = fromText(said[name] as string);
  return said;
}

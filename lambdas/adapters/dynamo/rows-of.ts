import type { Entity, EntityItem } from 'electrodb';
import { unfolded, type RowSchema } from './nested.ts';
import type { StoredRow } from './read-rows.ts';

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

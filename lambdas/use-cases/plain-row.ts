import { unfolded } from '../adapters/dynamo/nested.ts';
import type { StoredRow } from '../adapters/dynamo/read-rows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/**
 * Kinds of rows that no export holds: secrets (tokens of executions, codes), answers to repeated calls, counts of calls, exports
 * themselves, that the shop is to be deleted, and what Kerf's functions failed at. Links and enrolment codes are no rows of the shop at all.
 */
export const leftOut: readonly string[] = [
  'attempt',
  'callCount',
  'closing',
  'idempotency',
  'shopExport',
  'signInCode',
  'trouble',
];

/** Names of keys and of the places on indexes and watch lists, which are made from the rest. */
const madeFromTheRest = /^(pk|sk|gsi[123](pk|sk)|sys(pk|sk)|__edb_[ev]__)$/;

/** Whether a row's name says something; the others are made anew. */
export const isSaid = (name: string): boolean => !madeFromTheRest.test(name);

/** A row as it is written down: what it is, and what it says. */
export function plainRow(
  { entities }: Tenant,
  stored: StoredRow,
): { entity: string; row: Record<string, unknown> } {
  const entity = String(stored['__edb_e__']);
  const said = Object.fromEntries(Object.entries(stored).filter(([name]) => isSaid(name)));
  const kind = Object.hasOwn(entities, entity) ? entities[entity as keyof typeof entities] : undefined;
  return { entity, row: kind ? unfolded(kind.schema, said) : said };
}

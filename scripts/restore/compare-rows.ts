import { isDeepStrictEqual } from 'node:util';
import type { WantedRow } from './rows-of-export.ts';
import type { Item } from './stored-rows.ts';

/** `keep`: what is in the table says more than the export can. */
export type Fate =
  { is: 'missing' | 'same' | 'keep' } | { is: 'lower' } | { is: 'differs'; fields: string[] };

/** Places on watch lists are nobody's news. */
const unsaid = new Set(['syspk', 'syssk']);
/** Kinds of rows that only ever go forward in the table. */
const ownCourse = new Set(['workflow', 'machineLive', 'agent', 'usage', 'standing']);

/** How a row of the export stands to what lies in its place. */
export function compareRows({ entity, item }: WantedRow, stored: Item | undefined): Fate {
  if (!stored) return { is: 'missing' };
  if (ownCourse.has(entity)) return { is: 'keep' };
  // Running numbers that were given out are never given out again.
  if (entity === 'counter')
    return Number(stored['value']) < Number(item['value']) ? { is: 'lower' } : { is: 'keep' };
  const names = [...new Set([...Object.keys(item), ...Object.keys(stored)])];
  const fields = names.filter((name) => !unsaid.has(name) && !isDeepStrictEqual(item[name], stored[name]));
  return fields.length === 0 ? { is: 'same' } : { is: 'differs', fields };
}

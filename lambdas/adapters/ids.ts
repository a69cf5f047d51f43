import { monotonicFactory } from 'ulid';
import type { IdPrefix } from '#contract/ids.ts';

const next = monotonicFactory();

/** A new id of the kind: `<prefix>_<ulid in lower case>`, sortable by time of making. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${next().toLowerCase()}`;

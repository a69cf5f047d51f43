import * as z from 'zod';

/** Prefixed, sortable ids: `<prefix>_<ulid in lower case>`. */
export const idPrefixes = [
  'shop',
  'cus',
  'job',
  'part',
  'file',
  'run',
  'mac',
  'agt',
  'cmd',
  'evt',
  'inv',
  'mail',
  'pay',
  'crn',
  'rfd',
  'adj',
  'po',
  'ins',
  'photo',
  'ven',
  'vrq',
  'msg',
  'sup',
] as const;
export type IdPrefix = (typeof idPrefixes)[number];

const ulidPattern = '[0-7][0-9a-hjkmnp-tv-z]{25}';

export const id = (prefix: IdPrefix) =>
  z.string().regex(new RegExp(`^${prefix}_${ulidPattern}$`), `must be an id of the form ${prefix}_...`);

/** A version as a part of a path; whoever reads it makes a number of it. */
export const versionParam = z.string().regex(/^[1-9]\d{0,5}$/, 'must be a version such as 3');

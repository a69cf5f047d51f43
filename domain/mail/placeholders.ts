import { refuse, type Refusal } from '../refusal.ts';

/** What may stand in braces in the words of a mail. Closed. */
export const placeholders = [
  'customer',
  'shop',
  'number',
  'title',
  'status',
  'previous',
  'total',
  'version',
  'valid_until',
  'promised',
  'vendor',
  'purchase_order',
  'due',
  'invoice',
  'amount',
  'carrier',
  'tracking',
  'message',
  'reason',
  'author',
  'address',
  'about',
  'job_type',
  'plain_number',
] as const;
export type Placeholder = (typeof placeholders)[number];

const inBraces = /\{([^{}]*)\}/g;
const isPlaceholder = (name: string): name is Placeholder =>
  (placeholders as readonly string[]).includes(name);

/** The words with each placeholder replaced once: what stands in a value stays as it is. */
export const fill = (words: string, values: Record<Placeholder, string>): string =>
  words.replaceAll(inBraces, (whole, name: string) => (isPlaceholder(name) ? values[name] : whole));

/** Refuses words with a placeholder that does not exist, by its name. @param field where the words stand */
export function findUnknownPlaceholder(words: string, field: string): Refusal | undefined {
  const unknown = [...words.matchAll(inBraces)]
    .map(([, name = '']) => name)
    .find((name) => !isPlaceholder(name));
  if (unknown === undefined) return undefined;
  const known = placeholders.map((name) => `{${name}}`).join(' ');
  return refuse('invalid', `There is no placeholder {${unknown}}. Use one of ${known}.`, field);
}

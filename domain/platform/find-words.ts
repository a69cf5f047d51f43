const mostWords = 8;
const shortest = 2;

/** Text as it is looked for: small letters without marks, cut into words of letters and digits. */
export const foldedWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortest);

/** An address, folded but whole. Characters that separate parts of keys can not be in it. */
export const foldedAddress = (email: string): string => email.toLowerCase().replaceAll(/[^a-z0-9@._+-]/g, '');

/** Everything a shop is found by: the words of its name, its portal's address, its owner's address. */
export const findWords = (shop: { name: string; slug: string; email: string }): string[] =>
  [...new Set([...foldedWords(shop.name).slice(0, mostWords), shop.slug, foldedAddress(shop.email)])].filter(
    (word) => word.length >= shortest,
  );

/** What an operator typed: the word by which the index is asked, and those that must be among a find's words as well. */
export function queryWords(typed: string): { first: string; others: string[] } | undefined {
  if (typed.includes('@')) return { first: foldedAddress(typed), others: [] };
  const [first, ...others] = foldedWords(typed);
  if (first === undefined) return undefined;
  const whole = typed.trim().toLowerCase();
  // A portal's address is one word although it has hyphens.
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(whole) ? { first: whole, others: [] } : { first, others };
}

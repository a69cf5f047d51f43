/** The same text for two answers whose properties stand in another order, at any depth, and whose links were signed at another time. */
export const canonical = (value: unknown): string =>
  JSON.stringify(sorted(value)).replaceAll(/\?X-Amz-[^"]*/g, '');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}

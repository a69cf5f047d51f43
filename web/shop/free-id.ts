/** `Carbon PETG` -> `carbon-petg`, or `carbon-petg-2` when that is taken. */
export function freeId(name: string, taken: Set<string | undefined>): string {
  const wished =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 34) || 'item';
  let id = wished;
  for (let number = 2; taken.has(id); number += 1) id = `${wished}-${number}`;
  taken.add(id);
  return id;
}

/** A form's fields as a tree: `a[b][0]=c` becomes `{a: {b: ['c']}}`. Every leaf is a string, as it was sent. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };
type Branch = Map<string, Branch | string>;

function toValue(node: Branch | string): FormValue {
  if (typeof node === 'string') return node;
  const entries = [...node.entries()];
  if (entries.length > 0 && entries.every(([key], index) => key === String(index)))
    return entries.map(([, value]) => toValue(value));
  // fromEntries defines own properties, so a field named __proto__ does no harm.
  return Object.fromEntries(entries.map(([key, value]) => [key, toValue(value)]));
}

/** Reads an application/x-www-form-urlencoded body with Stripe's bracket keys. */
export function parseForm(body: string): Record<string, FormValue> {
  const root: Branch = new Map();
  for (const [name, value] of new URLSearchParams(body)) {
    const path = [
      name.split('[', 1)[0] ?? '',
      ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? ''),
    ];
    const last = path.pop() ?? '';
    let node = root;
    for (const step of path) {
      const present = node.get(step);
      const child: Branch = present instanceof Map ? present : new Map<string, Branch | string>();
      node.set(step, child);
      node = child;
    }
    node.set(last === '' ? String(node.size) : last, value);
  }
  return Object.fromEntries([...root.entries()].map(([key, value]) => [key, toValue(value)]));
}

/** Stands in for Vitest's own functions while an acceptance file is read: its tests and hooks are kept, not run. */
type Body = () => unknown;

export interface Collected {
  before: Body[];
  after: Body[];
  tests: { title: string; body: Body }[];
}

let collected: Collected = { before: [], after: [], tests: [] };

/** Reads an acceptance file and gives what it would have registered. */
export async function collect(load: () => Promise<unknown>): Promise<Collected> {
  const mine: Collected = { before: [], after: [], tests: [] };
  collected = mine;
  await load();
  return mine;
}

export { expect } from 'vitest';
export const beforeAll = (body: Body) => void collected.before.push(body);
export const afterAll = (body: Body) => void collected.after.push(body);
export const describe = (_title: string, body: Body) => void body();
export const test = (title: string, body: Body) => void collected.tests.push({ title, body });

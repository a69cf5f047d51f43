import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePorts, portNames } from './ports.ts';
import { openStore, type Store } from './store.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-ports-'));
  store = openStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('free ports differ, and none is one that the system hands to outgoing connections', async () => {
  const ports = Object.values(await choosePorts(store, 0));
  expect(new Set(ports).size).toBe(portNames.length);
  for (const port of ports) expect(port).toBeLessThan(32_768);
});

test('what a folder has once is kept, unless others are wished for', async () => {
  const first = await choosePorts(store, 0);
  expect(await choosePorts(store)).toEqual(first);
  expect(await choosePorts(store, 0)).toEqual(first);
  expect((await choosePorts(store, 4310)).web).toBe(4310);
  expect((await choosePorts(store)).payments).toBe(4315);
});

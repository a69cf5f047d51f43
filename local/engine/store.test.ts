import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LayoutError, openStore } from './store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kerf-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is opened again by the version that made it', () => {
  const first = openStore(folder);
  first.exec('CREATE TABLE things (name TEXT)');
  first.close();
  const second = openStore(folder);
  expect(second.prepare('SELECT count(*) AS count FROM things').get()).toEqual({ count: 0 });
  second.close();
});

test('a folder that another version made is refused with what to do, and stays as it is', () => {
  const older = new DatabaseSync(join(folder, 'cloud.sqlite'));
  older.exec('CREATE TABLE things (name TEXT)');
  older.close();
  for (const _ of ['first', 'again'])
    expect(() => openStore(folder)).toThrow(
      expect.objectContaining({
        constructor: LayoutError,
        message: expect.stringContaining('--fresh') as string,
      }),
    );
});

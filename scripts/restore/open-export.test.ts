import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paddingOf, tarEndBytes, tarHeader } from '#domain/shop/tar.ts';
import { openExport } from './open-export.ts';

/** An export of one archive, which holds one file under this name. */
function exportWith(key: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kerf-export-'));
  const entry = (name: string, content: string) => [
    tarHeader({ name, bytes: content.length }),
    Buffer.from(content),
    new Uint8Array(paddingOf(content.length)),
  ];
  const archive = Buffer.concat([
    ...entry('index.ndjson', `${JSON.stringify({ key })}\n`),
    ...entry(key, 'abc'),
    new Uint8Array(tarEndBytes),
  ]);
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const manifest = {
    format: 'kerf-export',
    formatVersion: 1,
    shop: { id: 'shop_01m7zw344j0hyvdcb4kpescdg6', name: 'Ana', slug: 'ana-prints' },
    madeAt: '2026-11-21T10:00:00.000Z',
    events: 0,
    volumes: [{ name: 'files-0001.tar', bytes: archive.length, sha256 }],
  };
  writeFileSync(join(folder, 'files-0001.tar'), archive);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

async function keysIn(folder: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of (await openExport(folder)).objects()) keys.push(key);
  return keys;
}

test('only files in the folders of a shop are taken from an archive', async () => {
  const keys = ['files/ab12', 'layers/ab12.json', 'photos/job_1/photo_1'];
  const outside = [
    'exports/exp_1/a',
    'quarantine/a/b',
    '../shop_2/files/a',
    'files/../../shop_2/files/a',
    '/files/a',
  ];
  for (const key of [...keys, ...outside]) {
    const folder = exportWith(key);
    if (keys.includes(key)) expect(await keysIn(folder)).toEqual([key]);
    else await expect(keysIn(folder)).rejects.toThrow(/no place of a shop's own file/);
    rmSync(folder, { recursive: true });
  }
});

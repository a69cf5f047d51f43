import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { exportedFolders } from '#domain/shop/shop-export.ts';
import { paddingOf, readTarHeader } from '#domain/shop/tar.ts';

const manifest = z.object({
  format: z.literal('kerf-export'),
  formatVersion: z.literal(1),
  shop: z.object({ id: id('shop'), name: z.string(), slug: z.string().regex(/^[a-z0-9-]{2,48}$/) }),
  madeAt: z.string(),
  events: z.int(),
  volumes: z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), bytes: z.int(), sha256: z.string() })),
});

const line = z.object({ entity: z.string(), row: z.record(z.string(), z.unknown()) });
export type ExportLine = z.infer<typeof line>;

const ownFile = new RegExp(`^(${exportedFolders.join('|')})(/\\w[\\w.-]*)+$`);

const objectHeaders = z.object({
  key: z.string().regex(ownFile, "is no place of a shop's own file"),
  contentType: z.string().optional(),
  contentDisposition: z.string().optional(),
  cacheControl: z.string().optional(),
});
export type ExportedObject = z.infer<typeof objectHeaders> & { bytes: number; content: () => Readable };

/** The folder into which an export's files were saved. */
export interface OpenExport extends z.infer<typeof manifest> {
  /** In the order in which they were written; where a row comes twice, the later is the newer. */
  lines(): AsyncGenerator<ExportLine>;
  objects(): AsyncGenerator<ExportedObject>;
}

/** Reads the manifest and verifies every file against it. @throws naming the file that is missing or damaged */
export async function openExport(folder: string): Promise<OpenExport> {
  const path = (name: string) => join(folder, name);
  const text = await readFile(path('manifest.json'), 'utf8').catch(() => {
    throw new Error(`${folder} has no manifest.json: give the folder with all files of an export.`);
  });
  const said = manifest.parse(JSON.parse(text));
  for (const { name, bytes, sha256 } of said.volumes) await verify(path(name), bytes, sha256);
  const named = (ending: string) =>
    said.volumes.filter(({ name }) => name.endsWith(ending)).map(({ name }) => path(name));
  return {
    ...said,
    async *lines() {
      for (const file of named('.ndjson.gz'))
        for (const each of linesIn(gunzipSync(await readFile(file)))) yield line.parse(each);
    },
    async *objects() {
      for (const file of named('.tar')) yield* objectsIn(file);
    },
  };
}

async function verify(file: string, bytes: number, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
      hash.update(piece);
      read += piece.length;
    }
  } catch {
    throw new Error(`${file} is missing: save all files of the export into one folder.`);
  }
  if (read !== bytes || hash.digest('hex') !== sha256)
    throw new Error(`${file} is not as it was written: save it again from the export.`);
}

const linesIn = (content: Buffer): unknown[] =>
  content
    .toString('utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as unknown);

async function* objectsIn(file: string): AsyncGenerator<ExportedObject> {
  const handle = await open(file);
  try {
    let headers = new Map<string, z.infer<typeof objectHeaders>>();
    for await (const { name, bytes, at } of entriesOf(handle)) {
      if (name === 'index.ndjson') {
        const list = linesIn(await bytesAt(handle, at, bytes)).map((each) => objectHeaders.parse(each));
        headers = new Map(list.map((each) => [each.key, each]));
        continue;
      }
      const known = headers.get(name);
      if (!known) throw new Error(`${file}: ${name} is not in its index.`);
      const content = () => createReadStream(file, { start: at, end: at + bytes - 1 });
      yield { ...known, bytes, content };
    }
  } finally {
    await handle.close();
  }
}

async function* entriesOf(handle: FileHandle) {
  for (let at = 0; ;) {
    const entry = readTarHeader(await bytesAt(handle, at, 512));
    if (!entry) return;
    yield { ...entry, at: at + 512 };
    at += 512 + entry.bytes + paddingOf(entry.bytes);
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

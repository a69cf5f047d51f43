import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { paddingOf, tarBytes, tarEndBytes, tarHeader } from '#domain/shop/tar.ts';
import type { ExportVolume } from '#domain/shop/shop-export.ts';
import { keys, readObject, writeObject } from '../adapters/s3/files.ts';
import { headersOf, writeStream, type StoredObject } from '../adapters/s3/shop-objects.ts';

const numbered = (number: number): string => String(number).padStart(4, '0');
const indexName = 'index.ndjson';

/** Stores lines of JSON as one compressed file of the export. */
export async function writeLines(
  shopId: string,
  exportId: string,
  number: number,
  lines: readonly string[],
): Promise<ExportVolume> {
  const content = await promisify(gzip)(lines.map((line) => `${line}\n`).join(''));
  const name = `rows-${numbered(number)}.ndjson.gz`;
  await writeObject(shopId, keys.exported(shopId, exportId, name), content, 'application/gzip');
  return {
    name,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    count: lines.length,
  };
}

/**
 * Stores objects in one tar archive, which begins with a list of them and of the headers they are read with. Content passes through as
 * it comes. @throws when an object has changed since it was listed: the volume is then written anew
 */
export async function writeArchive(
  shopId: string,
  exportId: string,
  number: number,
  objects: readonly StoredObject[],
): Promise<ExportVolume> {
  const within = (key: string) => key.slice(`t/${shopId}/`.length);
  const index = await Promise.all(
    objects.map(async ({ key }) => ({ key: within(key), ...(await headersOf(shopId, key)) })),
  );
  const list = Buffer.from(index.map((each) => `${JSON.stringify(each)}\n`).join(''));
  const entries = [
    { name: indexName, bytes: list.length },
    ...objects.map(({ key, bytes }) => ({ name: within(key), bytes })),
  ];
  const hash = createHash('sha256');
  async function* content() {
    for (const entry of entries) {
      yield tarHeader(entry);
      if (entry.name === indexName) yield list;
      else yield* wholeObject(shopId, `t/${shopId}/${entry.name}`, entry.bytes);
      yield new Uint8Array(paddingOf(entry.bytes));
    }
    yield new Uint8Array(tarEndBytes);
  }
  async function* hashed() {
    for await (const piece of content()) {
      hash.update(piece);
      yield Buffer.from(piece);
    }
  }
  const name = `files-${numbered(number)}.tar`;
  const bytes = tarBytes(entries);
  const body = Readable.from(hashed(), { objectMode: false });
  await writeStream(shopId, keys.exported(shopId, exportId, name), body, bytes, 'application/x-tar');
  return { name, bytes, sha256: hash.digest('hex'), count: objects.length };
}

async function* wholeObject(shopId: string, key: string, bytes: number) {
  const object = await readObject(shopId, key);
  if (object?.bytes !== bytes) throw new Error(`${key} has changed since it was listed`);
  yield* object.content;
}

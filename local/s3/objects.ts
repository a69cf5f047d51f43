/** Objects on disk: content files named by chance, and one JSON sidecar per key whose rename is the commit. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

export interface ObjectMeta {
  key: string;
  size: number;
  /** MD5 in hex, without quotes. */
  etag: string;
  /** ISO 8601, whole seconds. */
  lastModified: string;
  /** Answered as they are: content-type, cache-control, x-amz-meta-*, x-amz-checksum-*, ... */
  headers: Record<string, string>;
  tags?: Record<string, string>;
  /** Name of the content file. */
  file: string;
}

/** A content file that is written but not yet an object. */
export interface PendingContent {
  file: string;
  size: number;
  etag: string;
}

export interface ListPage {
  objects: ObjectMeta[];
  commonPrefixes: string[];
  /** Continue after this key or common prefix; undefined on the last page. */
  next?: string;
}

export interface BucketObjects {
  get(key: string): ObjectMeta | undefined;
  /** A new content file to stream into; call `commit` or `discard` with its name. */
  create(): Promise<{ file: string; handle: FileHandle }>;
  discard(file: string): void;
  /** Makes the content the object of `key`, in one step; what was there is gone. */
  commit(
    key: string,
    content: PendingContent,
    headers: Record<string, string>,
    tags?: Record<string, string>,
  ): ObjectMeta;
  /** Opens the content for reading; it stays readable when the object is replaced meanwhile. */
  read(meta: ObjectMeta): Promise<FileHandle>;
  delete(key: string): void;
  list(options: { prefix: string; delimiter: string; after: string; limit: number }): ListPage;
}

/** S3 lists in the order of the keys' UTF-8 bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Opens one bucket's folder, forgetting content files a crash left without a sidecar. */
export function bucketObjects(folder: string): BucketObjects {
  const contentFolder = join(folder, 'content');
  const sidecarFolder = join(folder, 'objects');
  mkdirSync(contentFolder, { recursive: true });
  mkdirSync(sidecarFolder, { recursive: true });

  const objects = new Map<string, ObjectMeta>();
  for (const name of readdirSync(sidecarFolder)) {
    const path = join(sidecarFolder, name);
    if (!name.endsWith('.json')) {
      rmSync(path);
      continue;
    }
    const meta = JSON.parse(readFileSync(path, 'utf8')) as ObjectMeta;
    if (existsSync(join(contentFolder, meta.file))) objects.set(meta.key, meta);
  }
  const inUse = new Set([...objects.values()].map((meta) => meta.file));
  for (const name of readdirSync(contentFolder)) if (!inUse.has(name)) rmSync(join(contentFolder, name));

  let sortedKeys: string[] | undefined;
  const keys = () => (sortedKeys ??= [...objects.keys()].sort(byBytes));
  const contentPath = (file: string) => join(contentFolder, file);
  const sidecarPath = (key: string) =>
    join(sidecarFolder, `${createHash('sha256').update(key).digest('hex')}.json`);

  return {
    get: (key) => objects.get(key),
    async create() {
      const file = randomUUID();
      return { file, handle: await open(contentPath(file), 'wx') };
    },
    discard: (file) => rmSync(contentPath(file), { force: true }),
    commit(key, content, headers, tags = {}) {
      const previous = objects.get(key);
      const meta: ObjectMeta = {
        key,
        size: content.size,
        etag: content.etag,
        lastModified: `${new Date().toISOString().slice(0, 19)}Z`,
        headers,
        tags,
        file: content.file,
      };
      const temporary = join(sidecarFolder, `${randomUUID()}.tmp`);
      writeFileSync(temporary, JSON.stringify(meta));
      renameSync(temporary, sidecarPath(key));
      objects.set(key, meta);
      if (previous) rmSync(contentPath(previous.file), { force: true });
      else sortedKeys = undefined;
      return meta;
    },
    read: (meta) => open(contentPath(meta.file), 'r'),
    delete(key) {
      const meta = objects.get(key);
      if (!meta) return;
      rmSync(sidecarPath(key), { force: true });
      rmSync(contentPath(meta.file), { force: true });
      objects.delete(key);
      sortedKeys = undefined;
    },
    list({ prefix, delimiter, after, limit }) {
      const page: ListPage = { objects: [], commonPrefixes: [] };
      let last = '';
      for (const key of keys()) {
        if (!key.startsWith(prefix)) continue;
        const cut = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
        const entry = cut < 0 ? key : key.slice(0, cut + delimiter.length);
        const seen = cut >= 0 && entry === page.commonPrefixes.at(-1);
        if (seen || (after && byBytes(entry, after) <= 0)) continue;
        if (page.objects.length + page.commonPrefixes.length === limit) return { ...page, next: last };
        if (cut < 0) page.objects.push(objects.get(key)!);
        else page.commonPrefixes.push(entry);
        last = entry;
      }
      return page;
    },
  };
}

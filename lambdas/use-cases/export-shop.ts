import {
  exportedFolders,
  filesAreOver,
  finishExport,
  sectionAfter,
  takeUp,
  withoutFiles,
  type ShopExport,
} from '#domain/shop/shop-export.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { memberships } from '../adapters/dynamo/directory.ts';
import { exportWrite, loadExport } from '../adapters/dynamo/repositories/exports.ts';
import { logAfter } from '../adapters/dynamo/repositories/events.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { StoredRow } from '../adapters/dynamo/read-rows.ts';
import { pageOf, rowsUnder } from '../adapters/dynamo/repositories/whole-shop.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { discard, keys, writeObject } from '../adapters/s3/files.ts';
import { objectsAfter, type StoredObject } from '../adapters/s3/shop-objects.ts';
import { logger } from '../logger.ts';
import { isShutOut } from './is-shut-out.ts';
import { tellOfExport } from './tell-of-export.ts';
import { writeArchive, writeLines } from './export-volumes.ts';
import { leftOut, plainRow } from './plain-row.ts';

/** While it runs nobody else works on the export; longer than the function lives. */
const leaseMs = 6 * 60_000;
const eventsPerPage = 100;
const mostFilesOfVolume = 2000;

export interface ExportPace {
  /** Nothing new is begun after this instant, milliseconds since 1970. */
  until: number;
  /** A file of the export is closed once it holds so many bytes (before compression). */
  volumeBytes: number;
}

/** Files of an export grow with their number, so that the list of them stays short whatever the shop's size. */
const grown = (bytes: number, volumes: number): number => bytes * (1 + Math.floor(volumes / 100));

/** Goes on with an export from where it stands, or takes its files away when its time is over. */
export async function workOnExport(t: Tenant, id: string, pace: ExportPace): Promise<void> {
  const found = await loadExport(t, id);
  const instant = now();
  if (found && filesAreOver(found, instant)) return removeFiles(t, found);
  if (found?.state !== 'running' || found.leaseUntil > instant || (await isShutOut(t))) return;
  let row = takeUp(found, instant, new Date(Date.parse(instant) + leaseMs).toISOString());
  if (!(await stored(t, row))) return;
  if (row.state === 'failed') {
    logger.error('an export is given up', { shopId: t.shopId, exportId: id });
    return tellOfExport(t, row);
  }
  do {
    const next = await step(t, row, pace);
    if (!(await stored(t, next))) return;
    row = next;
  } while (row.state === 'running' && Date.now() < pace.until);
  // What is left is for the next sweep.
  if (row.state === 'running') await stored(t, { ...row, leaseUntil: now(), revision: row.revision + 1 });
}

/** False when somebody else has written the row: the export is theirs. */
async function stored(t: Tenant, row: ShopExport): Promise<boolean> {
  try {
    await commit(t.client, [exportWrite(t, row)]);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/** Writes one file of the export. */
async function step(t: Tenant, row: ShopExport, pace: ExportPace): Promise<ShopExport> {
  const sized = { ...pace, volumeBytes: grown(pace.volumeBytes, row.volumes.length) };
  if (row.section === 'files') return archived(t, row, sized);
  const written = await collect(t, row, sized);
  const number = row.volumes.length + 1;
  const volume =
    written.lines.length === 0 ? [] : [await writeLines(t.shopId, row.id, number, written.lines)];
  return { ...written.row, volumes: [...row.volumes, ...volume], tries: 0, revision: row.revision + 1 };
}

interface Collected {
  lines: string[];
  row: ShopExport;
}

/** Lines until a file is full, the rows are at their end, or the time is over; and the place after them. */
async function collect(t: Tenant, begun: ShopExport, pace: ExportPace): Promise<Collected> {
  const lines: string[] = [];
  const counts = { ...begun.lines };
  let row = begun;
  let bytes = 0;
  do {
    const page = await nextRows(t, row);
    for (const each of page.rows) {
      const line = JSON.stringify(each);
      lines.push(line);
      bytes += line.length;
      counts[each.entity] = (counts[each.entity] ?? 0) + 1;
    }
    row = moved(row, page);
  } while (row.section !== 'files' && bytes < pace.volumeBytes && Date.now() < pace.until);
  return { lines, row: { ...row, lines: counts } };
}

interface Line {
  entity: string;
  row: object;
}
interface RowPage {
  rows: Line[];
  next?: string;
  /** Where the log has been read to. */
  seq?: number;
}

/** The place after a page: in the same section, or at the beginning of the next. */
function moved({ cursor: _, ...row }: ShopExport, { next, seq = row.seq }: RowPage): ShopExport {
  if (next !== undefined) return { ...row, seq, cursor: next };
  return { ...row, seq, section: sectionAfter(row.section) ?? 'files' };
}

async function nextRows(t: Tenant, { section, cursor, seq }: ShopExport): Promise<RowPage> {
  switch (section) {
    case 'changed': {
      const events = await logAfter(t, seq, eventsPerPage);
      if (events.length === 0) return { rows: [] };
      const jobs = [...new Set(events.map(({ jobId }) => jobId))];
      const read = seq + events.length;
      return { rows: await linesOf(t, 'jobs', jobs), next: String(read), seq: read };
    }
    case 'members': {
      const members = await memberships.listOf(t.shopId);
      return {
        rows: members.map(({ personId, personName, role }) => ({
          entity: 'membership',
          row: { personId, personName, role },
        })),
      };
    }
    case 'files':
      return { rows: [] };
    default: {
      const { keys: found, next } = await pageOf(t, section, cursor);
      return { rows: await linesOf(t, section, found), ...(next === undefined ? {} : { next }) };
    }
  }
}

async function linesOf(
  t: Tenant,
  kind: Parameters<typeof rowsUnder>[1],
  found: readonly string[],
): Promise<Line[]> {
  const rows: StoredRow[] = [];
  for (const key of found) rows.push(...(await rowsUnder(t, kind, key)));
  return rows.map((row) => plainRow(t, row)).filter(({ entity }) => !leftOut.includes(entity));
}

async function archived(t: Tenant, row: ShopExport, { volumeBytes }: ExportPace): Promise<ShopExport> {
  const prefix = `t/${t.shopId}/`;
  const page = await objectsAfter(t.shopId, row.cursor);
  if (page.length === 0) return finished(t, row);
  const taken: StoredObject[] = [];
  let bytes = 0;
  let last = row.cursor;
  for (const object of page) {
    if (bytes >= volumeBytes || taken.length === mostFilesOfVolume) break;
    last = object.key;
    const folder = object.key.slice(prefix.length).split('/')[0];
    if (!exportedFolders.some((own) => own === folder)) continue;
    taken.push(object);
    bytes += object.bytes;
  }
  const volumes =
    taken.length === 0
      ? row.volumes
      : [...row.volumes, await writeArchive(t.shopId, row.id, row.volumes.length + 1, taken)];
  return {
    ...row,
    volumes,
    files: row.files + taken.length,
    tries: 0,
    revision: row.revision + 1,
    ...(last === undefined ? {} : { cursor: last }),
  };
}

/** docs/export.md describes it. */
export const exportFormat = { format: 'kerf-export', formatVersion: 1 } as const;
export const manifestName = 'manifest.json';

async function finished(t: Tenant, row: ShopExport): Promise<ShopExport> {
  const { id, name, slug } = await loadShop(t);
  const { askedAt, seq, lines, files, volumes } = row;
  const done = finishExport(row, now());
  const manifest = {
    ...exportFormat,
    shop: { id, name, slug },
    askedAt,
    madeAt: done.endedAt,
    events: seq,
    lines,
    files,
    volumes,
    leftOut,
  };
  const key = keys.exported(t.shopId, row.id, manifestName);
  const content = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await writeObject(t.shopId, key, content, 'application/json');
  // Before the row says so: a mail that comes twice is better than none.
  await tellOfExport(t, done);
  return done;
}

/** Also what was being written when it was given up, which the row does not know. */
async function removeFiles(t: Tenant, row: ShopExport): Promise<void> {
  const folder = keys.exported(t.shopId, row.id, '');
  for (;;) {
    const found = (await objectsAfter(t.shopId, folder)).filter(({ key }) => key.startsWith(folder));
    if (found.length === 0) break;
    for (const { key } of found) await discard(t.shopId, key);
  }
  await stored(t, withoutFiles(row));
}

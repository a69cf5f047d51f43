import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askExport, getExportLinks, listExports, type ExportView } from '#contract/routes/exports.ts';
import { createVendor } from '#contract/routes/vendors.ts';
import { readTarHeader, paddingOf } from '#domain/shop/tar.ts';
import { mailWith, until } from '../../scripts/walk/instance.ts';
import { openShop, type OpenShop } from '../../scripts/walk/people.ts';
import { driveTo } from '../support/drive.ts';
import { canonical } from './support/canonical.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';
import { scanned, type Row } from './support/table.ts';

let kerf: Kerf;
let shop: OpenShop;
let bench: Lifecycle;
let other: OpenShop;

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'fabrication', 'Leaving Fabrication');
  shop = bench.shop;
  other = await openShop(kerf.instance, 'Other Fabrication');
  await shop.owner(createVendor, { body: { name: 'Plating Ltd', email: 'office@plating.example' } });
  await bench.draft();
  await driveTo(bench.people, 'quoted', { title: 'Quoted' });
  await driveTo(bench.people, 'completed', { title: 'Done' });
  await bench.piece();
  await kerf.cloud.settled();
}, 120_000);
afterAll(() => kerf?.stop());

interface Line {
  entity: string;
  row: Record<string, unknown>;
}

const ready = (owner: OpenShop['owner'], id: string): Promise<ExportView> =>
  until('the export', async () => {
    const { exports } = await owner(listExports, {});
    return exports.find((each) => each.id === id && each.state === 'ready');
  });

const fetched = async (url: string): Promise<Buffer> => {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

/** Everything in an export, its hashes checked. */
async function opened(exportId: string) {
  const links = await shop.owner(getExportLinks, { params: { exportId } });
  const manifest = JSON.parse((await fetched(links.manifestUrl)).toString()) as {
    lines: Record<string, number>;
    files: number;
    volumes: { name: string; bytes: number; sha256: string }[];
  };
  const lines: Line[] = [];
  const files = new Map<string, Buffer>();
  for (const { name, url, sha256 } of links.files) {
    const content = await fetched(url);
    expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256);
    expect(manifest.volumes.find((each) => each.name === name)).toMatchObject({
      bytes: content.length,
      sha256,
    });
    if (name.endsWith('.gz'))
      for (const line of gunzipSync(content).toString().trimEnd().split('\n'))
        lines.push(JSON.parse(line) as Line);
    else for (const [path, bytes] of entriesOf(content)) files.set(path, bytes);
  }
  return { manifest, lines, files };
}

function* entriesOf(tar: Buffer): Generator<[string, Buffer]> {
  for (let at = 0; ;) {
    const entry = readTarHeader(tar.subarray(at, at + 512));
    if (!entry) return;
    yield [entry.name, tar.subarray(at + 512, at + 512 + entry.bytes)];
    at += 512 + entry.bytes + paddingOf(entry.bytes);
  }
}

const unexported = ['attempt', 'callCount', 'idempotency', 'shopExport', 'signInCode', 'trouble'];
const rowsOfShop = () => scanned(kerf.cloud, ({ pk }) => pk.startsWith(`SHOP#${shop.shopId}#`));
/** Nested values lie in the table as text, and are written down as they are. */
const asTold = (value: unknown): unknown =>
  typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;
const said = (row: Row | Line['row']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !/^(pk|sk|gsi.*|sys.*|__edb.*)$/.test(name))
      .map(([name, value]) => [name, asTold(value)]),
  );

describe('the export of a shop', () => {
  test('holds every row that is its own, every file and who works there; nothing of another shop and no secret', async () => {
    const { id } = await shop.owner(askExport, {});
    const made = await ready(shop.owner, id);
    const { manifest, lines, files } = await opened(id);

    const rows = (await rowsOfShop()).filter((row) => !unexported.includes(String(row['__edb_e__'])));
    expect(rows.length).toBeGreaterThan(60);
    const written = new Set(lines.map(({ entity, row }) => canonical([entity, row])));
    const missing = rows.filter((row) => !written.has(canonical([row['__edb_e__'], said(row)])));
    expect(missing.map(({ pk, sk }) => `${pk} ${sk}`)).toEqual([]);
    expect(lines.filter(({ entity }) => unexported.includes(entity))).toEqual([]);
    expect(lines.filter(({ entity }) => entity === 'membership')).toMatchObject([{ row: { role: 'owner' } }]);
    expect(made).toMatchObject({ rows: lines.length, files: manifest.files });
    expect(Object.values(manifest.lines).reduce((a, b) => a + b, 0)).toBe(lines.length);

    const checked = rows.filter((row) => row['__edb_e__'] === 'file' && row['state'] === 'checked');
    expect(checked.length).toBeGreaterThan(2);
    for (const { sha256 } of checked) {
      const content = files.get(`files/${String(sha256)}`);
      expect(
        createHash('sha256')
          .update(content ?? '')
          .digest('hex'),
      ).toBe(sha256);
    }
    const text = JSON.stringify(lines);
    expect(text).not.toContain(other.shopId);
    for (const { token } of await scanned(kerf.cloud, (row) => row['__edb_e__'] === 'attempt'))
      expect(text).not.toContain(String(token));
    for (const { pk } of await scanned(kerf.cloud, (row) => /^DIR#(VENDOR)?LINK#/.test(row.pk)))
      expect(text).not.toContain(pk.split('#')[2]);
  });

  test('is told by mail, is made once at a time, belongs to the owner alone, and is gone after a week', async () => {
    const { exports } = await shop.owner(listExports, {});
    const exportId = exports[0]!.id;
    await mailWith(kerf.instance, shop.ownerEmail, /Your export is ready/);
    await refusal('not_found', other.owner(getExportLinks, { params: { exportId } }));
    const links = await shop.owner(getExportLinks, { params: { exportId } });
    kerf.cloud.clock.advance(days(7) + minutes(1));
    await until('its end', async () =>
      (await shop.owner(listExports, {})).exports.find(({ state }) => state === 'expired'),
    );
    await refusal('expired', shop.owner(getExportLinks, { params: { exportId } }));
    expect((await fetch(links.manifestUrl)).status).not.toBe(200);
  });

  test('goes on in small steps where it stood, also after whoever worked on it is gone, and holds the same', async () => {
    const { workOnExport } = await import('#lambdas/use-cases/export-shop.ts');
    const { exportWrite, loadExport } = await import('#lambdas/adapters/dynamo/repositories/exports.ts');
    const { commit } = await import('#lambdas/adapters/dynamo/commit.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const t = tenant(shop.shopId);
    const id = `exp_${shop.shopId.slice(5)}`;
    const now = kerf.cloud.clock.now();
    await commit(t.client, [
      exportWrite(t, {
        id,
        shopId: t.shopId,
        state: 'running',
        askedAt: now.toISOString(),
        askedBy: { personId: 'p', name: 'Ana Owner', email: shop.ownerEmail },
        section: 'jobs',
        // Everything happened after it was asked for: each job is read once more.
        seq: 0,
        volumes: [],
        lines: {},
        files: 0,
        tries: 0,
        // Somebody has it in hand, and dies.
        leaseUntil: new Date(now.getTime() + minutes(6)).toISOString(),
        revision: 1,
      }),
    ]);
    expect((await shop.owner(askExport, {})).id).toBe(id);
    await refusal('not_ready', shop.owner(getExportLinks, { params: { exportId: id } }));
    await workOnExport(t, id, { until: Infinity, volumeBytes: 1 });
    expect((await loadExport(t, id))?.volumes).toEqual([]);
    kerf.cloud.clock.advance(minutes(7));
    await until('all steps', async () => {
      await workOnExport(t, id, { until: 0, volumeBytes: 1 });
      return (await loadExport(t, id))?.state === 'ready';
    });
    const { lines, files } = await opened(id);
    const rows = (await rowsOfShop()).filter((row) => !unexported.includes(String(row['__edb_e__'])));
    const newest = new Map(lines.map(({ entity, row }) => [canonical([entity, said(row)]), row]));
    expect(rows.filter((row) => !newest.has(canonical([row['__edb_e__'], said(row)])))).toEqual([]);
    expect([...files.keys()].filter((name) => name.startsWith('files/')).length).toBeGreaterThan(0);
  });

  test('one that is given up is said to have failed, and what was written of it is gone after a week', async () => {
    const { keys, writeObject } = await import('#lambdas/adapters/s3/files.ts');
    const { exportWrite, loadExport } = await import('#lambdas/adapters/dynamo/repositories/exports.ts');
    const { objectsAfter } = await import('#lambdas/adapters/s3/shop-objects.ts');
    const { commit } = await import('#lambdas/adapters/dynamo/commit.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const { shopId } = shop;
    const t = tenant(shopId);
    const exportId = `exp_${shopId.slice(5, -1)}z`;
    const at = kerf.cloud.clock.now().toISOString();
    const written = { name: 'rows-0001.ndjson.gz', bytes: 3, sha256: 'abc', count: 1 };
    // The second was being written when its writer died.
    for (const name of [written.name, 'files-0002.tar'])
      await writeObject(shopId, keys.exported(shopId, exportId, name), Buffer.from('abc'), 'text/plain');
    const filesOfIt = async () =>
      (await objectsAfter(shopId, undefined)).filter(({ key }) => key.includes(exportId));
    await commit(t.client, [
      exportWrite(t, {
        id: exportId,
        shopId,
        state: 'running',
        askedAt: at,
        askedBy: { personId: 'p', name: 'Ana Owner', email: shop.ownerEmail },
        section: 'jobs',
        seq: 0,
        volumes: [written],
        lines: {},
        files: 0,
        // All were in vain.
        tries: 8,
        leaseUntil: at,
        revision: 1,
      }),
    ]);
    const failed = async () =>
      (await shop.owner(listExports, {})).exports.find(
        ({ id, state }) => id === exportId && state === 'failed',
      );
    await until('the export to be given up', failed);
    expect(await filesOfIt()).toHaveLength(2);
    kerf.cloud.clock.advance(days(7) + minutes(1));
    await until('the end of its files', async () => (await filesOfIt()).length === 0);
    await until('the end of looking', async () => !(await loadExport(t, exportId))?.expiresAt);
    expect(await failed()).toMatchObject({ state: 'failed' });
    await refusal('not_ready', shop.owner(getExportLinks, { params: { exportId } }));
  });
});

import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCustomers } from '#contract/routes/customers.ts';
import { listMachines } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getAccount } from '#contract/routes/money.ts';
import { getMe, getPriceBook, getShop } from '#contract/routes/shops.ts';
import { TABLE } from '#contract/table.ts';
import type { JobView } from '#contract/views/job.ts';
import { openShop } from '../../scripts/walk/people.ts';
import { driveOn, driveTo } from '../support/drive.ts';
import { openFloor } from '../support/shop-floor.ts';
import { bentExport, type BentLine } from './support/bent-export.ts';
import { canonical } from './support/canonical.ts';
import { root, startKerf, type Kerf } from './support/kerf.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { savedExport } from './support/saved-export.ts';
import { operatorTable, scanned } from './support/table.ts';

let kerf: Kerf;
/** Names of functions, as they were called. */
const called: string[] = [];
let bench: Lifecycle;
let folder: string;
const made: Record<'draft' | 'quoted' | 'making' | 'ready' | 'done', JobView> = {} as never;

beforeAll(async () => {
  kerf = await startKerf({
    around: (name, _event, call) => {
      called.push(name);
      return call();
    },
  });
  bench = await openLifecycle(kerf, 'fabrication', 'Lost Fabrication');
  made.draft = await bench.draft();
  made.quoted = await driveTo(bench.people, 'quoted', { title: 'Quoted' });
  made.making = await driveTo(bench.people, 'ready_to_make', { title: 'To make' });
  made.ready = await driveTo(bench.people, 'ready', { title: 'Ready' });
  made.done = await driveTo(bench.people, 'completed', { title: 'Done' });
  await bench.pay(made.done);
  // What waits for a step to be undone goes out.
  kerf.cloud.clock.advance(60_000);
  await kerf.cloud.settled();
  folder = await savedExport(bench.shop.owner);
  await kerf.cloud.settled();
}, 150_000);
afterAll(async () => {
  await kerf?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const run = promisify(execFile);

/** The command as it is typed, in an environment that knows nothing of this Kerf. */
const restore = (...options: string[]): Promise<string> => restoreFrom(folder, bench.shop.shopId, ...options);

async function restoreFrom(from: string, shopId: string, ...options: string[]): Promise<string> {
  const parameters = ['--export', from, '--shop', shopId, '--data', kerf.dataDir, ...options];
  const { stdout } = await run(process.execPath, ['scripts/restore.ts', ...parameters], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
  });
  return stdout;
}

/** Everything that people see of the shop, to the letter. */
async function views(): Promise<string[]> {
  const { owner } = bench.shop;
  const { customer } = bench;
  const seen: unknown[] = [
    await owner(getShop, {}),
    await owner(getMe, {}),
    await owner(getPriceBook, {}),
    await owner(listCustomers, { query: {} }),
    await owner(listMachines, {}),
    await owner(jobs.listJobs, { query: {} }),
    await owner(jobs.listEvents, { query: { limit: 500 } }),
  ];
  for (const { id: jobId } of Object.values(made)) {
    seen.push(await owner(jobs.getJob, { params: { jobId } }));
    seen.push(await owner(jobs.listJobEvents, { params: { jobId } }));
    seen.push(await customer.call(jobs.getJob, { params: { jobId } }));
  }
  seen.push(await owner(getAccount, { params: { jobId: made.done.id } }));
  return seen.map(canonical);
}

const mailCount = async (): Promise<number> => {
  const response = await fetch(`${kerf.instance.url}/_local/mail.json`);
  return ((await response.json()) as { mails: unknown[] }).mails.length;
};

const ofShop = ({ pk, ...row }: Record<string, unknown> & { pk: string }) =>
  pk.startsWith(`SHOP#${bench.shop.shopId}#`) ||
  (pk.startsWith('DIR#') && row['shopId'] === bench.shop.shopId);

/** All but the directory's word whose payment account it is: from an export alone it would not come back. */
async function destroyRows(): Promise<number> {
  const table = operatorTable(kerf.cloud);
  const rows = await scanned(kerf.cloud, (row) => ofShop(row) && !row.pk.startsWith('DIR#ACCOUNT#'));
  for (const { pk, sk } of rows)
    await table.send(new DeleteCommand({ TableName: TABLE.name, Key: { pk, sk } }));
  table.destroy();
  return rows.length;
}

async function destroyObjects(): Promise<void> {
  const objects = new S3Client({ credentials: kerf.cloud.operator });
  const Bucket = 'kerf-files';
  const { Contents = [] } = await objects.send(
    new ListObjectsV2Command({ Bucket, Prefix: `t/${bench.shop.shopId}/` }),
  );
  for (const { Key } of Contents) await objects.send(new DeleteObjectCommand({ Bucket, Key }));
  objects.destroy();
}

describe('restoring a shop from its export', () => {
  test('while all is well there is nothing to do, and looking changes nothing', async () => {
    const before = await views();
    const said = await restore();
    expect(said).toMatch(/missing +0 rows, 0 files/);
    expect(said).toMatch(/different +0 rows/);
    expect(said).toContain('Nothing was written');
    expect(await views()).toEqual(before);
  });

  test('of damage, what is gone comes back; what differs is named, and replaced only on demand', async () => {
    const before = await views();
    const table = operatorTable(kerf.cloud);
    const [job] = await scanned(kerf.cloud, ({ pk, sk }) => sk === 'JOB' && pk.endsWith(made.quoted.id));
    const [quote] = await scanned(
      kerf.cloud,
      ({ pk, sk }) => sk.startsWith('JOB-QUOTE#') && pk.endsWith(made.quoted.id),
    );
    await table.send(new DeleteCommand({ TableName: TABLE.name, Key: { pk: quote!.pk, sk: quote!.sk } }));
    await table.send(new PutCommand({ TableName: TABLE.name, Item: { ...job!, title: 'Scribbled over' } }));
    table.destroy();
    expect(await restore()).toMatch(/missing +1 rows \(quote 1\)[\s\S]*: title\n/);
    expect(await restore('--apply')).toMatch(/written +1 rows/);
    expect((await bench.look(made.quoted)).title).toBe('Scribbled over');
    expect(await restore('--apply', '--overwrite')).toMatch(/written +1 rows/);
    expect(await views()).toEqual(before);
  });

  test('a file that was changed on its way is refused', async () => {
    const name = readdirSync(folder).find((each) => each.endsWith('.gz'))!;
    const other = folder;
    folder = mkdtempSync(`${other}-bent`);
    cpSync(other, folder, { recursive: true });
    appendFileSync(join(folder, name), 'x');
    await expect(restore()).rejects.toThrow(/is not as it was written/);
    rmSync(folder, { recursive: true });
    folder = other;
  });

  test('an export that was bent to reach another shop is refused whole, naming the row, whatever is asked for', async () => {
    const { shopId } = bench.shop;
    const other = await openShop(kerf.instance, 'Another Fabrication');
    const floor = await openFloor(kerf.cloud, other.owner, 1);
    const [account] = await scanned(
      kerf.cloud,
      ({ pk, ...row }) => pk.startsWith('DIR#ACCOUNT#') && row['shopId'] === other.shopId,
    );
    const everything = async () =>
      (await scanned(kerf.cloud, ({ pk }) => /^DIR#|#(SHOP|STANDING|MACHINES)$/.test(pk)))
        .map(canonical)
        .sort();
    const before = await everything();
    const change =
      (entity: string, fields: object) =>
      (line: BentLine): BentLine =>
        line.entity === entity ? { entity, row: { ...line.row, ...fields } } : line;
    const cases: [RegExp, Parameters<typeof bentExport>[1]][] = [
      [/"shop shop_.*has another id or address/, { line: change('shop', { slug: other.slug }) }],
      [
        /has the address/,
        { line: change('shop', { slug: other.slug }), shop: (shop) => ({ ...shop, slug: other.slug }) },
      ],
      [
        /DIR#ACCOUNT#.* belongs to another shop/,
        { line: change('shop', { paymentAccountId: account!.pk.split('#')[2] }) },
      ],
      [/DIR#AGENT#.* belongs to another shop/, { line: change('agent', { id: floor.agentId }) }],
      [/"workflow job_.* belongs to another shop/, { line: change('workflow', { shopId: other.shopId }) }],
      [
        /"closing.*of a kind that no export holds/,
        { line: (line) => [line, { entity: 'closing', row: {} }] },
      ],
      [/was opened at/, { line: change('shop', { createdAt: '2020-11-21T10:00:00.000Z' }) }],
      [/"membership .*role/, { line: change('membership', { role: 'king' }) }],
    ];
    for (const [why, bend] of cases) {
      const bent = bentExport(folder, bend);
      await expect(restoreFrom(bent, shopId, '--apply', '--overwrite')).rejects.toThrow(why);
      rmSync(bent, { recursive: true });
    }
    expect(await everything()).toEqual(before);
  });

  test('of a shop that nobody knows neither address, account, agents nor plan are believed', async () => {
    const { shopId } = bench.shop;
    const unknown = `shop_${shopId.slice(5).split('').reverse().join('').replace(/^./, '0')}`;
    const renamed = <T>(each: T): T => JSON.parse(JSON.stringify(each).replaceAll(shopId, unknown)) as T;
    const taken = bentExport(folder, { line: renamed, shop: renamed });
    await expect(restoreFrom(taken, unknown, '--apply', '--overwrite')).rejects.toThrow(
      /DIR#\S+ \S+ belongs to another shop/,
    );
    rmSync(taken, { recursive: true });

    // Only the thing itself still says whose agent it is.
    const table = operatorTable(kerf.cloud);
    const { agentId } = bench.people.floor;
    const named = { pk: `DIR#AGENT#${agentId}`, sk: 'AGENT' };
    await table.send(new DeleteCommand({ TableName: TABLE.name, Key: named }));
    const suspension = { reason: 'An unpaid bill.', since: '2026-11-01T10:00:00.000Z' };
    const own: Record<string, object> = {
      shop: { slug: 'nobodys-place', paymentAccountId: 'acct_of_nobody' },
      standing: { plan: 'pro', suspension },
      storedMethod: { account: 'acct_of_nobody' },
      paymentTry: { account: 'acct_of_nobody' },
      workflow: { executionName: 'an-execution-of-another-shop' },
    };
    const bent = bentExport(folder, {
      line: (line) => {
        const { entity, row } = renamed(line);
        const after = { entity, row: { ...row, ...own[entity] } };
        return entity === 'shop'
          ? [
              after,
              {
                entity: 'storedMethod',
                row: { customerId: 'cus_1', providerCustomerId: 'x', version: 1, ...own['storedMethod'] },
              },
            ]
          : after;
      },
      shop: (shop) => ({ ...renamed(shop), slug: 'nobodys-place' }),
    });
    const said = await restoreFrom(bent, unknown, '--apply');
    rmSync(bent, { recursive: true });
    expect(said).toMatch(/shop: the export's payment account/);
    expect(said).toMatch(/agent agt_\w+: its agent \w+ was not enrolled for this shop/);
    expect(said).toMatch(/storedMethod cus_1: nothing here says/);
    expect(said).toMatch(/standing: the plan/);
    const rows = await scanned(kerf.cloud, (row) => JSON.stringify(row).includes(unknown));
    const of = (entity: string) => rows.filter((row) => row['__edb_e__'] === entity);
    expect(of('shop')).toMatchObject([{ slug: 'nobodys-place' }]);
    expect(of('standing')).toMatchObject([
      { plan: 'unmetered', suspension: JSON.stringify(suspension), version: 1 },
    ]);
    expect(of('machine').length).toBeGreaterThan(0);
    for (const kind of ['agent', 'storedMethod', 'paymentTry', 'machineCommand'])
      expect(of(kind)).toEqual([]);
    for (const { executionName } of of('workflow')) expect(executionName).toContain(unknown.slice(5));
    expect(of('workflow').length).toBeGreaterThan(0);
    expect(rows.filter((row) => row['paymentAccountId'] ?? row['agentId'])).toEqual([]);
    expect(rows.filter(({ pk }) => /^DIR#(ACCOUNT|AGENT)#/.test(pk))).toEqual([]);
    for (const { pk, sk } of rows)
      await table.send(new DeleteCommand({ TableName: TABLE.name, Key: { pk, sk } }));
    await table.send(new PutCommand({ TableName: TABLE.name, Item: { ...named, shopId } }));
    table.destroy();
  });

  test('a shop that is gone altogether is back to the letter; nobody is mailed or charged again, and its jobs go on to their end', async () => {
    const before = await views();
    const mails = await mailCount();
    expect(await destroyRows()).toBeGreaterThan(100);
    await destroyObjects();
    called.length = 0;
    const said = await restore('--apply');
    expect(said).not.toContain('not in the log');
    await kerf.cloud.settled();
    expect(called).not.toContain('poke-pages');
    expect(await views()).toEqual(before);
    expect(await restore()).toMatch(/missing +0 rows, 0 files\ndifferent +0 rows/);

    // Nothing of what comes back is told again.
    kerf.cloud.clock.advance(10 * 60_000);
    await kerf.cloud.settled();
    expect(await mailCount()).toBe(mails);
    const payments = await scanned(kerf.cloud, (row) => row['__edb_e__'] === 'payment' && ofShop(row));
    expect(payments).toHaveLength(1);

    for (const name of ['quoted', 'making', 'ready'] as const) {
      const done = await driveOn(bench.people, await bench.look(made[name]), 'completed');
      expect(done.status).toBe('completed');
    }
    const { events } = await bench.shop.owner(jobs.listEvents, { query: { limit: 500 } });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(await mailCount()).toBeGreaterThan(mails);
  });
});

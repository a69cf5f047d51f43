import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { TABLE } from '#contract/table.ts';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { reactors, replayEvents } from '../../scripts/replay/replay-events.ts';
import { driveTo } from '../support/drive.ts';
import { root, startKerf, type Kerf } from './support/kerf.ts';
import { runningExecutions } from './support/executions.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { letMailsGo } from './support/orders.ts';
import { operatorTable, scanned } from './support/table.ts';

let kerf: Kerf;
let bench: Lifecycle;
let last: number;

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'fabrication', 'Twice Told Fabrication');
  const done = await driveTo(bench.people, 'completed', { title: 'Done' });
  await bench.pay(done);
  await driveTo(bench.people, 'ready_to_make', { title: 'To make' });
  kerf.cloud.clock.advance(60_000);
  await kerf.cloud.settled();
  await letMailsGo(kerf.instance, bench.shop.owner, await log());
  await kerf.cloud.settled();
  last = (await log()).length;
}, 240_000);
afterAll(() => kerf?.stop());

const log = async () => (await bench.shop.owner(jobs.listEvents, { query: { limit: 500 } })).events;

const run = promisify(execFile);

async function replay(reactor: string, from: number, to: number, ...options: string[]): Promise<string> {
  const place = ['--shop', bench.shop.shopId, '--data', kerf.dataDir];
  const wish = ['--reactor', reactor, '--from', String(from), '--to', String(to), ...options];
  const { stdout } = await run(process.execPath, ['scripts/replay-events.ts', ...place, ...wish], {
    cwd: root,
    env: { PATH: process.env['PATH'], POWERTOOLS_LOG_LEVEL: 'SILENT' },
  });
  return stdout;
}

/** Everything that reactors bring about, counted. */
async function brought() {
  const rows = await scanned(kerf.cloud, ({ pk }) => pk.startsWith(`SHOP#${bench.shop.shopId}#`));
  const count = (entity: string) => rows.filter((row) => row['__edb_e__'] === entity).length;
  const mails = (await (await fetch(`${kerf.instance.url}/_local/mail.json`)).json()) as { mails: unknown[] };
  return {
    mailsSent: mails.mails.length,
    mails: count('mail'),
    invoices: count('invoice'),
    payments: count('payment'),
    refunds: count('refund'),
    documents: count('document'),
    commands: count('machineCommand'),
    runs: count('run'),
    events: count('event'),
    executions: (await runningExecutions()).length,
  };
}

describe('replaying events', () => {
  test('all events told to every reactor once more bring about nothing: no mail, invoice, payment, document, print or event', async () => {
    const before = await brought();
    expect(before).toMatchObject({ invoices: 1, payments: 1 });
    expect(before.mailsSent).toBeGreaterThan(4);
    expect(reactors.length).toBeGreaterThan(7);
    const table = operatorTable(kerf.cloud);
    const platform = { table, tableName: TABLE.name };
    for (const { name: reactor } of reactors) {
      const wish = { shopId: bench.shop.shopId, reactor, from: 1, to: last };
      const { told, passedOver } = await replayEvents(platform, wish, kerf.cloud.host.invoke);
      expect(told.length + passedOver, reactor).toBe(last);
    }
    table.destroy();
    await kerf.cloud.settled();
    expect(await brought()).toEqual(before);
  }, 120_000);

  test('what a reactor has not done it does now: the paper of an invoice that is gone comes anew, once', async () => {
    const before = await brought();
    const table = operatorTable(kerf.cloud);
    const [invoice] = await scanned(
      kerf.cloud,
      (row) => row['__edb_e__'] === 'document' && String(row['key']).startsWith('invoice'),
    );
    await table.send(new DeleteCommand({ TableName: TABLE.name, Key: { pk: invoice!.pk, sk: invoice!.sk } }));
    expect((await brought()).documents).toBe(before.documents - 1);
    expect(await replay('issue-documents', 1, last)).toContain('Nothing was told');
    expect((await brought()).documents).toBe(before.documents - 1);
    await replay('issue-documents', 1, last, '--apply');
    expect(await brought()).toEqual(before);
    table.destroy();
  }, 60_000);

  test('numbers are told in order and only what the reactor listens to; a gap stops it; another name is refused', async () => {
    const all = await log();
    const invoiced = all.filter(({ type }) => type === 'invoice.issued').map(({ seq }) => seq);
    expect(await replay('issue-documents', invoiced[0]!, invoiced[0]!)).toContain(`(${invoiced[0]})`);
    await expect(replay('relay', 1, 2)).rejects.toThrow(/is told of no events/);
    const table = operatorTable(kerf.cloud);
    const [row] = await scanned(
      kerf.cloud,
      (each) => each['seq'] === 2 && each.pk.startsWith(`SHOP#${bench.shop.shopId}#`),
    );
    const { gsi1pk: _, gsi1sk: __, ...hidden } = row!;
    await table.send(new PutCommand({ TableName: TABLE.name, Item: hidden }));
    await expect(replay('send-mails', 1, 5, '--apply')).rejects.toThrow(/Event 2 is in no row/);
    await table.send(new PutCommand({ TableName: TABLE.name, Item: row! }));
    table.destroy();
  });
});

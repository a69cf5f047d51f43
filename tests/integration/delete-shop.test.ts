import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '#contract/client.ts';
import { functions } from '#contract/functions.ts';
import { getShopSummary } from '#contract/routes/console.ts';
import { createClaim, enrolAgent } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal, requestCode } from '#contract/routes/portal.ts';
import { closeShop, createShop, getMe, getShop, reopenShop } from '#contract/routes/shops.ts';
import { minutesAfterFind, minutesAfterShutOut } from '#domain/shop/closing.ts';
import { callerOf, until } from '../../scripts/walk/instance.ts';
import { driveTo } from '../support/drive.ts';
import { hireOperator } from '../support/operator.ts';
import { certificateRequest } from '../support/shop-floor.ts';
import { cube, days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { runningExecutions } from './support/executions.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';
import { savedExport } from './support/saved-export.ts';
import { scanned } from './support/table.ts';
import { canonical } from './support/canonical.ts';

let kerf: Kerf;
let going: Lifecycle;
let staying: Lifecycle;
let jobIds: string[];

beforeAll(async () => {
  kerf = await startKerf();
  going = await openLifecycle(kerf, 'fabrication', 'Closing Fabrication');
  staying = await openLifecycle(kerf, 'fabrication', 'Staying Fabrication');
  const draft = await going.draft();
  const quoted = await driveTo(going.people, 'quoted', { title: 'Quoted' });
  const done = await driveTo(going.people, 'completed', { title: 'Done' });
  jobIds = [draft, quoted, done].map(({ id }) => id);
  await driveTo(staying.people, 'quoted', { title: 'Quoted' });
  kerf.cloud.clock.advance(minutes(1));
  await savedExport(going.shop.owner);
  await kerf.cloud.settled();
}, 150_000);
afterAll(() => kerf?.stop());

const nobody = () => callerOf(kerf.instance, { kind: 'none' });
const close = (name: string) => going.shop.owner(closeShop, { body: { name } });
const portal = () => nobody()(getPortal, { params: { slug: going.shop.slug } });

/** Rows of all kinds that name a shop, wherever they lie, but for what passes by itself. */
const naming = (shopId: string) =>
  scanned(kerf.cloud, (row) => JSON.stringify(row).includes(shopId) && row['ttl'] === undefined);

async function objectsOf(shopId: string): Promise<string[]> {
  const objects = new S3Client({ credentials: kerf.cloud.operator });
  const { Contents = [] } = await objects.send(
    new ListObjectsV2Command({ Bucket: 'kerf-files', Prefix: `t/${shopId}/` }),
  );
  objects.destroy();
  return Contents.map(({ Key }) => Key ?? '');
}

async function hasThing(agentId: string): Promise<boolean> {
  const iot = new IoTClient({ credentials: kerf.cloud.operator });
  try {
    await iot.send(new DescribeThingCommand({ thingName: agentId }));
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return false;
    throw error;
  } finally {
    iot.destroy();
  }
}

const rowsOf = (shopId: string) => scanned(kerf.cloud, ({ pk }) => pk.startsWith(`SHOP#${shopId}#`));

const runningOf = async (ids: readonly string[]): Promise<string[]> =>
  (await runningExecutions()).filter((name) => ids.some((id) => name.startsWith(id)));

describe('the deletion of a shop', () => {
  test('is asked for by typing its name; the portal is closed at once, and opens when the owner takes it back', async () => {
    const { owner } = going.shop;
    await refusal('invalid_request', close('Some Fabrication'));
    const { closing } = await close('Closing Fabrication');
    expect(Date.parse(closing!.deleteAt) - Date.parse(closing!.askedAt)).toBe(days(14));
    await refusal('not_allowed_now', close('Closing Fabrication'));
    expect((await portal()).closed).toBe(true);
    const code = { params: { slug: going.shop.slug }, body: { email: 'new@mail.example' } };
    await refusal('not_ready', nobody()(requestCode, code));
    const request = { body: { title: 'One more', delivery: 'pickup' } } as const;
    await refusal('not_ready', going.customer.call(jobs.createJob, request));

    expect((await owner(reopenShop, {})).closing).toBeUndefined();
    expect((await portal()).closed).toBe(false);
    kerf.cloud.clock.advance(days(15));
    await kerf.cloud.settled();
    expect((await owner(getShop, {})).name).toBe('Closing Fabrication');
  });

  test('waits longer than any function of Kerf lives before its last look', () => {
    const longest = Math.max(...functions.map(({ timeoutSeconds }) => timeoutSeconds));
    expect(minutesAfterFind * 60).toBeGreaterThan(longest);
    expect(minutesAfterShutOut * 60).toBeGreaterThan(longest);
  });

  test('after two weeks takes everything: rows, files, executions, agents, ways in; in pieces, and of nobody else', async () => {
    const { shopId, slug, owner, ownerToken } = going.shop;
    const { agentId, machineIds } = going.people.floor;
    await close('Closing Fabrication');
    await owner(createClaim, { body: { machineIds } });
    const [draftId = ''] = jobIds;
    const { file } = await owner(jobs.createFile, {
      params: { jobId: draftId },
      body: { name: 'late.stl', bytes: cube().content.length },
    });
    const others = (await naming(staying.shop.shopId)).map(({ pk, sk }) => `${pk} ${sk}`);
    const otherObjects = await objectsOf(staying.shop.shopId);
    expect((await naming(shopId)).length).toBeGreaterThan(60);
    expect((await objectsOf(shopId)).length).toBeGreaterThan(5);
    expect(await hasThing(agentId)).toBe(true);
    expect((await runningOf(jobIds)).length).toBeGreaterThan(0);

    // Whoever deletes has no time: one thing after the other, each time from the beginning.
    const { workOnDeletion } = await import('#lambdas/use-cases/delete-shop.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    await workOnDeletion(tenant(shopId), 0);
    expect((await naming(shopId)).length).toBeGreaterThan(60);
    kerf.cloud.clock.advance(days(14) + minutes(1));
    for (let piece = 0; piece < 3; piece += 1) await workOnDeletion(tenant(shopId), 0);

    // The ways in are closed at once.
    const { loadClosing } = await import('#lambdas/adapters/dynamo/repositories/closings.ts');
    await until('the ways in to be closed', async () => (await loadClosing(tenant(shopId)))?.shutOutAt);
    expect(await hasThing(agentId)).toBe(false);
    await refusal('not_found', portal());
    expect(
      await scanned(kerf.cloud, (row) => /^DIR#(?!GONE)/.test(row.pk) && row['shopId'] === shopId),
    ).toEqual([]);
    const operator = await hireOperator(kerf.cloud, kerf.instance);
    const { closing } = await operator.call(getShopSummary, { params: { shopId } });
    expect(closing).toMatchObject({ isBeingDeleted: true });
    // Who was still let in a moment ago adds nothing that stays, and what begins late does not begin.
    const at = kerf.cloud.clock.now().toISOString();
    const { commit } = await import('#lambdas/adapters/dynamo/commit.ts');
    const { claims, commitDirectory } = await import('#lambdas/adapters/dynamo/directory.ts');
    const { sha256 } = await import('#lambdas/adapters/hash.ts');
    const { exportWrite, loadExport } = await import('#lambdas/adapters/dynamo/repositories/exports.ts');
    const { keys, writeObject } = await import('#lambdas/adapters/s3/files.ts');
    const expiresAt = new Date(Date.parse(at) + minutes(15)).toISOString();
    await commitDirectory([claims.write(sha256('LATE-CODE-01'), { shopId, machineIds, expiresAt })]);
    const enrolment = { code: 'LATE-CODE-01', csr: await certificateRequest() };
    await refusal('unauthenticated', nobody()(enrolAgent, { body: enrolment }));
    await commitDirectory([claims.write(sha256('LATE-CODE-02'), { shopId, machineIds, expiresAt })]);
    const late = {
      id: `exp_${shopId.slice(5)}`,
      shopId,
      state: 'running',
      askedAt: at,
      askedBy: { personId: 'p', name: 'Ana Owner', email: going.shop.ownerEmail },
      section: 'jobs',
      seq: 0,
      volumes: [],
      lines: {},
      files: 0,
      tries: 0,
      leaseUntil: at,
      revision: 1,
    } as const;
    await commit(tenant(shopId).client, [exportWrite(tenant(shopId), { ...late, volumes: [] })]);
    const { workOnExport } = await import('#lambdas/use-cases/export-shop.ts');
    await workOnExport(tenant(shopId), late.id, { until: Infinity, volumeBytes: 1 });
    expect(await loadExport(tenant(shopId), late.id)).toMatchObject({ revision: 1, volumes: [] });
    const upload = keys.quarantine(shopId, draftId, file.id);
    await writeObject(shopId, upload, Buffer.from(cube().content), 'model/stl');
    await until('the upload to be thrown away', async () => !(await objectsOf(shopId)).includes(upload));
    expect(
      (await scanned(kerf.cloud, ({ sk }) => sk.endsWith(`FILE#${file.id}`))).map(({ state }) => state),
    ).toEqual(['awaiting_upload']);

    // Rows and files go when what was given out is over, and the last look comes later.
    expect((await rowsOf(shopId)).length).toBeGreaterThan(60);
    kerf.cloud.clock.advance(minutes(minutesAfterShutOut - 2));
    await workOnDeletion(tenant(shopId), Infinity);
    expect((await rowsOf(shopId)).length).toBeGreaterThan(60);
    kerf.cloud.clock.advance(minutes(2));
    const recordOf = async () =>
      (await scanned(kerf.cloud, ({ pk }) => pk === `DIR#GONE#${shopId}`)).find((row) => row['finishedAt']);
    await until('the rows to be gone', async () => {
      const rows = (await rowsOf(shopId)).filter((row) => row['ttl'] === undefined);
      return rows.every(({ sk }) => sk === 'CLOSING') && (await objectsOf(shopId)).length === 0;
    });
    await kerf.cloud.settled();
    expect(await recordOf()).toBeUndefined();
    await writeObject(shopId, keys.preview(shopId, 'late'), Buffer.from('late'), 'text/plain');
    kerf.cloud.clock.advance(minutes(minutesAfterFind));
    await until('the late preview to be gone', async () => (await objectsOf(shopId)).length === 0);
    await kerf.cloud.settled();
    expect(await recordOf()).toBeUndefined();
    kerf.cloud.clock.advance(minutes(minutesAfterFind));
    const record = await until('the record', recordOf);
    await kerf.cloud.settled();
    // Who counts late gives the shop no row again.
    const { countUsage } = await import('#lambdas/adapters/dynamo/repositories/usages.ts');
    const { noteTrouble } = await import('#lambdas/use-cases/note-trouble.ts');
    await countUsage(tenant(shopId), at.slice(0, 7), { mails: 1 });
    await noteTrouble('send-mails', { shopId, jobId: draftId, subject: draftId }, new Error('late'));
    expect((await rowsOf(shopId)).filter(({ pk }) => /#(USAGE|TROUBLES)$/.test(pk))).toEqual([]);
    expect(record).toMatchObject({ slug, leftPeople: [expect.any(String)] });
    const removed = Object.keys(record['removed'] as object);
    expect(removed).toEqual(expect.arrayContaining(['jobs', 'customers', 'objects', 'link', 'membership']));
    // What is left expires within two days.
    const left = await scanned(kerf.cloud, (row) => JSON.stringify(row).includes(shopId));
    expect(left.filter((row) => row['ttl'] === undefined).map(({ pk }) => pk)).toEqual([
      `DIR#GONE#${shopId}`,
    ]);
    expect(
      left
        .filter(({ pk }) => /#(LINK|VENDORLINK|CLAIM|PERSON|AGENT|ACCOUNT)#/.test(pk))
        .filter(({ sk }) => !sk.startsWith('IDEMPOTENCY#')),
    ).toEqual([]);
    expect(await objectsOf(shopId)).toEqual([]);
    expect(await hasThing(agentId)).toBe(false);
    expect(await runningOf(jobIds)).toEqual([]);

    // Nothing answers under its id or address, and nobody else gets them.
    await refusal('not_found', portal());
    // Whether a session's shop is gone is asked once in ten seconds; until then its rows are not there.
    const asCustomer = async () => {
      const call = going.customer.call(jobs.getJob, { params: { jobId: jobIds[1]! } });
      const refused = await call.catch((error: unknown) => error);
      expect(['not_found', 'unauthenticated']).toContain((refused as ProblemError).problem?.code);
    };
    await asCustomer();
    // Where nothing of the shop is remembered any more, either.
    const { forgetStanding } = await import('#lambdas/http/standing.ts');
    forgetStanding(shopId);
    await asCustomer();
    const person = callerOf(kerf.instance, { kind: 'staff', token: ownerToken });
    expect((await person(getMe, {})).shops).toEqual([]);
    await refusal(
      'not_found',
      callerOf(kerf.instance, { kind: 'staff', token: ownerToken, shopId })(getShop, {}),
    );
    const next = await person(createShop, { body: { name: 'Closing Fabrication' } });
    expect(next.slug).toBe(`${slug}-2`);

    const kept = new Set((await naming(staying.shop.shopId)).map(({ pk, sk }) => `${pk} ${sk}`));
    expect(others.filter((key) => !kept.has(key))).toEqual([]);
    expect(await objectsOf(staying.shop.shopId)).toEqual(otherObjects);
    expect(canonical(await staying.shop.owner(jobs.listJobs, { query: {} }))).toContain('Quoted');

    kerf.cloud.clock.advance(days(3));
    const rest = await until('the expiry of the rest', async () => {
      const rows = await scanned(kerf.cloud, (row) => JSON.stringify(row).includes(shopId));
      return rows.length === 1 && rows;
    });
    expect(rest.map(({ pk }) => pk)).toEqual([`DIR#GONE#${shopId}`]);
    // Sessions of customers end within seconds.
    await until('the end of the session', async () => {
      const call = going.customer.call(jobs.getJob, { params: { jobId: jobIds[1]! } });
      const code = await call.then(
        () => 'answered',
        (error: unknown) => (error instanceof ProblemError ? error.problem?.code : undefined),
      );
      return code === 'unauthenticated';
    });
  });
});

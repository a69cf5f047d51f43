import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '#contract/client.ts';
import { createClaim } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal, requestCode } from '#contract/routes/portal.ts';
import { closeShop, createShop, getMe, getShop, reopenShop } from '#contract/routes/shops.ts';
import { callerOf, until } from '../../scripts/walk/instance.ts';
import { driveTo } from '../support/drive.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
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

  test('after two weeks takes everything: rows, files, executions, agents, ways in; in pieces, and of nobody else', async () => {
    const { shopId, slug, owner, ownerToken } = going.shop;
    const { agentId, machineIds } = going.people.floor;
    await close('Closing Fabrication');
    await owner(createClaim, { body: { machineIds } });
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

    const record = await until('the record', async () =>
      (await scanned(kerf.cloud, ({ pk }) => pk === `DIR#GONE#${shopId}`)).find((row) => row['finishedAt']),
    );
    await kerf.cloud.settled();
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

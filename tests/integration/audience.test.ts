import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { printerWithDevice } from './support/device.ts';
import { cube, model, startKerf, type Kerf } from './support/kerf.ts';
import {
  byLink,
  inQualityCheck,
  jobOf,
  linkSecret,
  refusal,
  started,
  type Workshop,
} from './support/orders.ts';

let kerf: Kerf;
let workshop: Workshop;
let job: JobView;
const shopName = 'Closed Kitchen';
/** Words said inside the shop. */
const inside = {
  hold: 'the customer has not paid the last invoice',
  check: 'layer shift since Bob forgot the belt',
  run: 'nozzle clogged again',
  cancel: 'not worth our time',
};

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, shopName);
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
  job = await troubled();
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

/** A job with a failed check, a failed run and a hold behind it. */
async function troubled(): Promise<JobView> {
  const { shop, device, printer } = workshop;
  const { id: jobId, parts } = await inQualityCheck(workshop);
  const params = { jobId };
  const failed = await shop.owner(jobs.failCheck, {
    params,
    body: { partId: parts[0]?.id ?? '', count: 1, reason: inside.check },
  });
  const run = await started(workshop, failed);
  const at = new Date().toISOString();
  await device.tell({ kind: 'started', runId: run.id, at });
  await device.tell({ kind: 'failed', runId: run.id, at, reason: inside.run });
  await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
  await shop.owner(jobs.holdJob, { params, body: { reason: inside.hold } });
  await shop.owner(jobs.resumeJob, { params, body: {} });
  await kerf.cloud.settled();
  return jobOf(shop.owner, jobId);
}

const bearerOfLink = async (): Promise<Call> =>
  byLink(kerf.instance, await linkSecret(kerf.instance, workshop.customer.email, job.id));
const outsiders: [string, () => Promise<Call>][] = [
  ['the customer', async () => workshop.customer.call],
  ['the bearer of a link', bearerOfLink],
];

describe.each(outsiders)('%s', (_, sign) => {
  test("reads the order and its timeline without the shop's reasons, people, machines and rules", async () => {
    const call = await sign();
    const params = { jobId: job.id };
    const { events } = await call(jobs.listJobEvents, { params });
    const seen = await call(jobs.getJob, { params });
    const answers = JSON.stringify([events, seen]);
    const secrets = [
      ...Object.values(inside),
      'Ana Owner',
      workshop.shop.ownerEmail,
      workshop.printer.id,
      'reworkCycle',
      'scrapped',
      '"rule"',
      'spreadPercent',
    ];
    expect(secrets.filter((secret) => answers.includes(secret))).toEqual([]);
    expect(seen).toMatchObject({ status: 'in_production', quotes: [{ price: { reviewReasons: [] } }] });
  });

  test('is told what concerns them, with the name of the shop for everybody in it', async () => {
    const call = await sign();
    const { events } = await call(jobs.listJobEvents, { params: { jobId: job.id } });
    expect(events.map(({ type, actor, data }) => [type, actor.name, Object.keys(data).sort()])).toEqual([
      ['job.created', 'Cleo Customer', ['number']],
      ['job.submitted', 'Cleo Customer', []],
      ['quote.sent', shopName, ['currency', 'totalMinor', 'validUntil', 'version']],
      ['quote.approved', 'Cleo Customer', ['version']],
      ['job.finished', shopName, []],
    ]);
  });

  test("may not read the shop's log", async () => {
    await refusal('wrong_role', (await sign())(jobs.listEvents, {}));
  });
});

test('the staff still see all of it', async () => {
  const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
  const told = JSON.stringify([events, job]);
  for (const words of [inside.hold, inside.check, inside.run, 'Ana Owner', workshop.printer.id])
    expect(told).toContain(words);
  expect(job).toMatchObject({ reworkCycle: 1, parts: [{ made: 1, scrapped: 1, good: 0 }] });
});

test("a reason is told to the customer when it is theirs, and kept when it is the shop's", async () => {
  const { customer, shop } = workshop;
  const end = async (call: Call, reason: string) => {
    const { id: jobId } = await draftWithPart(customer.call, 'To be canceled', cube());
    await call(jobs.cancelJob, { params: { jobId }, body: { reason } });
    const { events } = await customer.call(jobs.listJobEvents, { params: { jobId } });
    return events.find(({ type }) => type === 'job.canceled')?.data;
  };
  expect(await end(customer.call, 'no need any more')).toEqual({ reason: 'no need any more' });
  expect(await end(shop.owner, inside.cancel)).toEqual({});
});

test('an instant price tells the customer that the shop looks first, not what it looks at', async () => {
  const { customer, shop } = workshop;
  const { id: jobId } = await draftWithPart(customer.call, 'Holes', model('broken/holes25.stl'));
  const params = { jobId };
  const theirs = await customer.call(jobs.getPrice, { params });
  expect(theirs.reviewReasons.map(({ code }) => code)).toContain('needs_repair');
  expect(JSON.stringify(theirs)).not.toMatch(/by hand|"rule"|machine/);
  expect(JSON.stringify(await shop.owner(jobs.getPrice, { params }))).toMatch(/by hand/);
});

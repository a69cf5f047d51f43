import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJob, sendQuote } from '#contract/routes/jobs.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import { getMe, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import { listTemplates } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { signUpPerson } from '../../scripts/walk/people.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

let kerf: Kerf;
let farm: Lifecycle;
const params = ({ id }: JobView) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });
const reason = 'as agreed';

beforeAll(async () => {
  kerf = await startKerf();
  farm = await openLifecycle(kerf, 'fabrication', 'Row By Row Prints');
});
afterAll(() => kerf?.stop());

const owner = () => farm.shop.owner;
const submit = async (job: JobView) => farm.customer.call(jobs.submitJob, empty(job));
async function scheduled(): Promise<JobView> {
  const draft = await farm.draft();
  await submit(draft);
  return farm.approve(await owner()(sendQuote, empty(draft)));
}
const hold = (job: JobView) => owner()(jobs.holdJob, { ...params(job), body: { reason } });

test('CO-12 any team member that sells, not the owner alone, makes a quote of a pending request', async () => {
  const { commitDirectory, memberships } = await import('#lambdas/adapters/dynamo/directory.ts');
  const { shopId, slug } = farm.shop;
  const token = await signUpPerson(kerf.instance, `sales-${randomUUID()}@shop.example`, 'Sam Sales');
  const { personId } = await callerOf(kerf.instance, { kind: 'staff', token })(getMe, {});
  const person = { personId, name: 'Sam Sales' };
  await commitDirectory([memberships.write(person, { id: shopId, name: 'Row By Row', slug }, 'sales')]);
  const sales = callerOf(kerf.instance, { kind: 'staff', token, shopId });
  const draft = await farm.draft();
  await submit(draft);
  expect((await sales(jobs.startQuoting, empty(draft))).statusLabel).toBe('In quoting');
  const quoted = await sales(sendQuote, empty(draft));
  expect(quoted).toMatchObject({ status: 'quoted', quotes: [{ version: 1, state: 'sent' }] });
});

test('CO-18 CO-19 the shop sets the lines of an offer before it goes out; the customer sees exactly those', async () => {
  const draft = await farm.draft();
  await submit(draft);
  const lines = [
    { name: 'Cube, polished', quantity: 3, unitMinor: 1250, partId: draft.parts[0]?.id ?? '' },
    { name: 'Discount for the trade', quantity: 1, unitMinor: 0 },
  ];
  await owner()(sendQuote, { ...params(draft), body: { lines } });
  const { quotes } = await farm.customer.call(jobs.getJob, params(draft));
  const price = quotes[0]?.price;
  expect(price?.lines.map(({ name, quantity, totalMinor }) => [name, quantity, totalMinor])).toEqual([
    ['Cube, polished', 3, 3750],
    ['Discount for the trade', 1, 0],
  ]);
  expect(price?.totalMinor).toBe(3750 + (price?.taxMinor ?? 0));
});

test('CO-27 CO-72 approval schedules the job; every status has the name that the shop and the customer know', async () => {
  const job = await scheduled();
  expect(job).toMatchObject({ status: 'ready_to_make', statusLabel: 'In queue' });
  expect((await farm.look(job)).statusLabel).toBe('Scheduled');
  const { templates } = await owner()(listTemplates, {});
  const labels = templates.find(({ name }) => name === 'fabrication')?.statuses.map(({ label }) => label);
  expect(labels).toEqual(
    expect.arrayContaining([
      'Pending Review',
      'In quoting',
      'Scheduled',
      'In Production',
      'Quality Check',
      'Ready for Pickup',
      'Ready for Shipping',
      'Completed',
    ]),
  );
  const told = await farm.customer.call(listTemplates, {});
  expect(JSON.stringify(told)).not.toMatch(/Pending Review|owner|slaHours/);
});

test('CO-26 CO-29 a declined job can be reopened: it is quoted anew, and both versions are kept', async () => {
  const draft = await farm.draft();
  await submit(draft);
  await owner()(sendQuote, empty(draft));
  const no = { version: 1, reason: 'too dear' };
  await farm.customer.call(jobs.declineQuote, { ...params(draft), body: no });
  expect((await owner()(jobs.reopenJob, { ...params(draft), body: { reason } })).status).toBe('quoting');
  const second = await owner()(sendQuote, empty(draft));
  expect(second.quotes.map(({ state, answer }) => [state, answer])).toEqual([
    ['declined', 'too dear'],
    ['sent', undefined],
  ]);
  expect((await farm.approve(second)).status).toBe('ready_to_make');
});

test('an order at the instant price is scheduled at once, unless somebody has to look first', async () => {
  const placed = await farm.place(await farm.draft());
  expect(placed).toMatchObject({
    status: 'ready_to_make',
    quotes: [{ state: 'approved', answeredBy: 'Cleo Customer' }],
  });
  const takeOrders = async (orderMode: 'instant' | 'review') => {
    const { version, currency: _, ...book } = await owner()(getPriceBook, {});
    await owner()(replacePriceBook, { body: { ...book, orderMode }, ifMatch: version });
  };
  await takeOrders('review');
  const draft = await farm.draft();
  await refusal('not_ready', farm.place(draft));
  await takeOrders('instant');
  expect((await farm.place(draft)).status).toBe('ready_to_make');
});

describe('on hold', () => {
  test('a sent quote is approved while on hold, which ends the hold where the approval leads', async () => {
    const draft = await farm.draft();
    await submit(draft);
    const quoted = await owner()(sendQuote, empty(draft));
    await hold(quoted);
    expect((await farm.approve(quoted)).status).toBe('ready_to_make');
  });

  test('a job is resumed elsewhere only when the status’s conditions hold, or with a reason that is kept', async () => {
    const job = await scheduled();
    await hold(job);
    const to = { to: 'quality_check' as const };
    const short = await refusal('not_ready', owner()(jobs.resumeJob, { ...params(job), body: to }));
    expect(short.message).toMatch(/Still missing: 1 of "cube.stl"/);
    await refusal(
      'invalid_request',
      owner()(jobs.resumeJob, { ...params(job), body: { ...to, override: ' ' } }),
    );
    await refusal(
      'not_ready',
      owner()(jobs.resumeJob, { ...params(job), body: { to: 'quoted', override: reason } }),
    );
    const resumed = await owner()(jobs.resumeJob, {
      ...params(job),
      body: { ...to, override: 'made on another job' },
    });
    expect(resumed.status).toBe('quality_check');
    const { events } = await owner()(jobs.listJobEvents, params(job));
    expect(events.at(-1)).toMatchObject({ type: 'job.resumed', data: { override: 'made on another job' } });
    const theirs = await farm.customer.call(jobs.listJobEvents, params(job));
    expect(JSON.stringify(theirs)).not.toContain('another job');
  });

  test('a quote that is passed over by hand is not left open behind the job', async () => {
    const draft = await farm.draft();
    await submit(draft);
    await owner()(sendQuote, empty(draft));
    await hold(draft);
    const back = await owner()(jobs.resumeJob, { ...params(draft), body: { to: 'quoting' } });
    expect(back.quotes[0]?.state).toBe('superseded');
    await owner()(sendQuote, empty(draft));
    await hold(draft);
    const on = await owner()(jobs.resumeJob, {
      ...params(draft),
      body: { to: 'ready_to_make', override: reason },
    });
    expect(on).toMatchObject({
      status: 'ready_to_make',
      quotes: [{ state: 'superseded' }, { state: 'approved' }],
    });
  });
});

test('CO-37 CO-44 CO-50 CO-51 CO-53 CO-55 made, failed, made again as rework 1, passed, handed over', async () => {
  const job = await scheduled();
  expect((await farm.produce(job)).status).toBe('quality_check');
  const partId = job.parts[0]?.id ?? '';
  const failed = await owner()(jobs.failCheck, { ...params(job), body: { partId, count: 1, reason } });
  expect(failed).toMatchObject({ statusLabel: 'In Production (rework 1)', reworkCycle: 1 });
  expect((await farm.produce(job)).status).toBe('quality_check');
  expect((await inspectAndPass(owner(), job.id)).status).toBe('ready_for_pickup');
  expect((await owner()(jobs.handOver, empty(job))).status).toBe('completed');
});

test('CO-57 CO-58 CO-59 CO-60 carrier and number are kept with the job, mailed, and in the portal; delivered, it is invoiced at the approved price', async () => {
  const draft = await farm.draft({ delivery: 'shipping' });
  const placed = await farm.place(draft);
  await farm.produce(placed);
  await inspectAndPass(owner(), placed.id);
  const body = { carrier: 'Parcel Post', tracking: '1Z999' };
  expect(await owner()(lifecycle.shipJob, { ...params(placed), body })).toMatchObject({
    status: 'ready_for_shipping',
    shipment: body,
  });
  expect((await farm.customer.call(jobs.getJob, params(placed))).shipment).toMatchObject(body);
  await farm.mailed(farm.customer.email, new RegExp(`${placed.number}[\\s\\S]*Parcel Post[\\s\\S]*1Z999`));
  const delivered = await owner()(jobs.confirmDelivery, empty(placed));
  expect(delivered).toMatchObject({ status: 'completed', shipment: body });
  const invoice = await farm.invoice(placed);
  expect(invoice).toMatchObject({ state: 'open', totalMinor: placed.quote?.totalMinor });
  expect(invoice.lines.map(({ label, quantity }) => [label, quantity])).toContainEqual(['cube.stl', 1]);
});

test('a template that is none is refused with its field', async () => {
  const body = { title: 'Nothing', template: 'nothing' as 'order' };
  const problem = await refusal('invalid_request', farm.customer.call(createJob, { body }));
  expect(problem.problem?.field).toBe('template');
});

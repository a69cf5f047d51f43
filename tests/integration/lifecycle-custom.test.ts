import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import { listTemplates, replaceTemplate } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openDraft } from '../support/drive.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { caster, oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';

let kerf: Kerf;
let bench: Lifecycle;
const params = ({ id }: JobView) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });
const reason = 'as agreed';

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'custom', 'Bespoke Bench');
});
afterAll(() => kerf?.stop());

const owner = () => bench.shop.owner;
const ask = (job: JobView) => owner()(lifecycle.askVendor, { ...params(job), body: { vendor: caster } });
const offer = (job: JobView) => owner()(jobs.sendQuote, { ...params(job), body: { lines: oneRing } });
const record = (job: JobView) => owner()(lifecycle.recordPrice, { ...params(job), body: { lines: oneRing } });
const sign = (job: JobView) => owner()(jobs.handOver, { ...params(job), body: { receivedBy: 'Cleo' } });
const statusesOf = (job: JobView) => job.stays.map(({ status }) => status);

describe('what a piece needs', () => {
  const today = () => kerf.cloud.clock.now().toISOString().slice(0, 10);
  const create = (body: object) =>
    owner()(jobs.createJob, {
      body: { title: 'Ring', template: 'custom', customerId: bench.customer.customerId, ...body },
    });
  test('JT-32 the salesperson is required and is the one who opens it unless another member is named', async () => {
    const job = await bench.piece();
    expect(job.salesperson?.name).toBe('Ana Owner');
    const stranger = create({ promisedDate: '2099-01-01', salespersonId: 'nobody' });
    expect((await refusal('invalid_request', stranger)).problem?.field).toBe('salespersonId');
  });
  test('JT-32 JT-33 a customer’s own request has the founder and the deadline they ask for', async () => {
    const wish = { title: 'Ring', template: 'custom' as const };
    const without = await refusal('invalid_request', bench.customer.call(jobs.createJob, { body: wish }));
    expect(without.problem?.field).toBe('promisedDate');
    const { id } = await bench.customer.call(jobs.createJob, { body: { ...wish, wantedBy: '2099-01-01' } });
    const job = await owner()(jobs.getJob, { params: { jobId: id } });
    expect(job).toMatchObject({ promisedDate: '2099-01-01', salesperson: { name: 'Ana Owner' } });
  });
  test('JT-33 the promised date is required and not over', async () => {
    expect((await refusal('invalid_request', create({}))).problem?.field).toBe('promisedDate');
    expect((await refusal('invalid_request', create({ promisedDate: '2020-01-01' }))).problem?.field).toBe(
      'promisedDate',
    );
    expect((await create({ promisedDate: today() })).promisedDate).toBe(today());
  });
  test('JT-18 JT-20 JT-34 it is born as "Quote needed" without a file, a spec or a price', async () => {
    const job = await bench.piece();
    expect(job).toMatchObject({ status: 'review', statusLabel: 'Quote needed', parts: [], quotes: [] });
    const ends = job.steps.flatMap(({ command, to }) =>
      ['hold', 'cancel', 'change', 'record_run', 'record_price'].includes(command)
        ? []
        : to.map(({ status }) => status),
    );
    expect(ends.sort()).toEqual(['in_production', 'quoted', 'vendor_quote']);
  });
});

describe('one list', () => {
  test('JT-03 JT-05 JT-07 bespoke pieces and repairs stand in the list of all jobs, each by its kind, and share their statuses', async () => {
    const plain = () => openDraft(bench.people, { title: 'Bracket', template: 'fabrication' });
    const [piece, mend, other] = [await bench.piece(), await bench.piece('repair'), await plain()];
    const { jobs: listed } = await owner()(jobs.listJobs, { query: {} });
    const kinds = new Map(listed.map(({ id, template }) => [id, template]));
    expect([piece, mend, other].map(({ id }) => kinds.get(id))).toEqual(['custom', 'repair', 'fabrication']);
    const { templates } = await owner()(listTemplates, {});
    const statuses = (name: string) => templates.find((each) => each.name === name)?.statuses;
    expect(statuses('repair')).toEqual(statuses('custom'));
    expect(statuses('custom')?.length).toBeGreaterThan(6);
  });
});

describe('the two happy paths', () => {
  test('JT-01 JT-06 JT-21 JT-23 JT-24 JT-26 JT-47 JT-48 built by a vendor, who is mailed by the step itself; invoiced at the agreed price when it is ready', async () => {
    const job = await bench.piece();
    const asked = await ask(job);
    expect(asked).toMatchObject({
      status: 'vendor_quote',
      statusLabel: 'Awaiting vendor quote',
      vendor: caster,
    });
    const number = job.number.replace('K-', '');
    await bench.mailed(
      caster.email,
      new RegExp(`^Quote request for Custom Build #${number} - Engagement ring`),
    );
    const priced = await owner()(lifecycle.recordVendorPrice, {
      ...params(job),
      body: { costMinor: 30_000, readyBy: '2099-01-01', note: 'cast in two weeks' },
    });
    expect(priced).toMatchObject({ status: 'review', vendorPrice: { costMinor: 30_000, currency: 'USD' } });
    const customers = await bench.customer.call(jobs.getJob, params(job));
    expect(JSON.stringify(customers)).not.toContain('30000');
    expect(customers).toMatchObject({ statusLabel: 'Being quoted' });

    const quoted = await offer(job);
    expect(quoted).toMatchObject({ status: 'quoted', statusLabel: 'Customer review' });
    expect(await bench.approve(quoted)).toMatchObject({ status: 'in_production' });
    const ready = await owner()(lifecycle.markReady, empty(job));
    expect(ready).toMatchObject({ status: 'ready_for_pickup', statusLabel: 'Ready for pickup' });
    const invoice = await bench.invoice(job);
    expect(invoice).toMatchObject({ state: 'open', totalMinor: quoted.quote?.totalMinor });
    expect(invoice.lines[0]).toMatchObject({ label: oneRing[0]?.name, totalMinor: 90_000 });
    await refusal('invalid_request', owner()(jobs.handOver, empty(job)));
    const done = await sign(job);
    expect(done).toMatchObject({ status: 'completed', statusLabel: 'Picked up', receivedBy: 'Cleo' });
    expect(statusesOf(done)).toEqual([
      'review',
      'vendor_quote',
      'review',
      'quoted',
      'in_production',
      'ready_for_pickup',
      'completed',
    ]);
  });

  test('JT-06 JT-19 JT-22 JT-27 made in the house; the customer’s changes lead back to "Quote needed"', async () => {
    const job = await bench.piece();
    const first = await offer(job);
    const changes = { version: first.quote?.version ?? 0, message: 'in white gold' };
    const back = await bench.customer.call(jobs.requestChanges, { ...params(job), body: changes });
    expect(back.status).toBe('review');
    expect((await bench.approve(await offer(job))).status).toBe('in_production');
    await owner()(lifecycle.markReady, empty(job));
    await sign(job);
  });

  test('JT-21 a vendor’s price may go to the customer at once; a vendor may decline, and the question be taken back', async () => {
    const job = await bench.piece();
    await ask(job);
    const body = { costMinor: 30_000, offer: { lines: oneRing } };
    const passed = await owner()(lifecycle.recordVendorPrice, { ...params(job), body });
    expect(passed).toMatchObject({ status: 'quoted', quotes: [{ version: 1, state: 'sent' }] });
    await owner()(jobs.withdrawQuote, empty(job));
    await ask(job);
    expect((await owner()(lifecycle.declineVendorRequest, { ...params(job), body: { reason } })).status).toBe(
      'review',
    );
    await bench.mailed(bench.shop.ownerEmail, new RegExp(`Casting House declined ${job.number}`));
    await ask(job);
    expect((await owner()(lifecycle.recallVendorRequest, empty(job))).status).toBe('review');
  });
});

describe('rules', () => {
  test('JT-50 nothing is begun or invoiced without a recorded price', async () => {
    const job = await bench.piece('repair');
    await refusal('not_ready', owner()(lifecycle.beginWork, empty(job)));
    const begin = (await bench.look(job)).steps.find(({ command }) => command === 'begin_work');
    expect(begin?.missing).toMatch(/No price is recorded/);
    const priced = await record(job);
    expect(priced).toMatchObject({ status: 'review', quote: { state: 'draft', version: 1 } });
    expect((await bench.customer.call(jobs.getJob, params(job))).quotes).toEqual([]);
    expect(await owner()(lifecycle.beginWork, empty(job))).toMatchObject({
      status: 'in_production',
      quote: { state: 'approved' },
    });
    await owner()(lifecycle.markReady, empty(job));
    expect((await bench.invoice(job)).totalMinor).toBe(priced.quote?.totalMinor);
  });

  test('JT-50 a piece that was resumed past its price can not be made ready without one', async () => {
    const job = await bench.piece();
    await owner()(jobs.holdJob, { ...params(job), body: { reason } });
    await owner()(jobs.resumeJob, { ...params(job), body: { to: 'in_production' } });
    await refusal('not_ready', owner()(lifecycle.markReady, empty(job)));
  });

  test('the deposit rule of the shop holds before the work, and is passed over only with a reason', async () => {
    const own = { statuses: {}, off: [], deposit: { kind: 'percent' as const, percent: 50 } };
    await owner()(replaceTemplate, { params: { name: 'repair' }, body: own, ifMatch: 0 });
    const job = await bench.piece('repair');
    const priced = await record(job);
    expect(priced.dueBeforeProductionMinor).toBe(Math.ceil((priced.quote?.totalMinor ?? 0) / 2));
    await refusal('not_ready', owner()(lifecycle.beginWork, empty(job)));
    const begun = await owner()(lifecycle.beginWork, { ...params(job), body: { override: reason } });
    expect(begun).toMatchObject({ status: 'in_production', termsWaived: reason });
    await owner()(replaceTemplate, { params: { name: 'repair' }, body: { statuses: {} }, ifMatch: 1 });
  });

  test('JT-25 JT-28 on hold from any status, resumed into any other', async () => {
    const ends = ['vendor_quote', 'quoted', 'in_production', 'ready_for_pickup', 'review'] as const;
    const job = await bench.piece();
    for (const to of ends) {
      await owner()(jobs.holdJob, { ...params(job), body: { reason: 'waits for stones' } });
      expect((await owner()(jobs.resumeJob, { ...params(job), body: { to } })).status).toBe(to);
    }
    expect((await owner()(jobs.holdJob, { ...params(job), body: { reason } })).status).toBe('on_hold');
    await refusal('not_allowed_now', owner()(jobs.resumeJob, { ...params(job), body: { to: 'shipped' } }));
    expect((await owner()(jobs.resumeJob, empty(job))).status).toBe('review');
  });

  test('a redo under warranty is a new job, linked to the old one', async () => {
    const job = await bench.piece();
    await record(job);
    await owner()(lifecycle.beginWork, empty(job));
    await owner()(lifecycle.markReady, empty(job));
    await refusal(
      'not_allowed_now',
      owner()(lifecycle.redoJob, { ...params(job), body: { reason, promisedDate: '2099-01-01' } }),
    );
    await sign(job);
    const body = { reason: 'a prong broke', promisedDate: '2099-01-01' };
    const again = await owner()(lifecycle.redoJob, { ...params(job), body });
    expect(again).toMatchObject({ status: 'review', redoOf: job.id, title: job.title, spec: body.reason });
    const seen = await bench.customer.call(jobs.getJob, params(again));
    expect(JSON.stringify(seen)).not.toContain(body.reason);
    expect(again.id).not.toBe(job.id);
    expect((await bench.look(job)).status).toBe('completed');
  });
});

describe('time', () => {
  const happened = (job: JobView, type: string) =>
    until(`${type} of ${job.title}`, async () => (await bench.events(job)).includes(type));

  test('JT-29 a piece on the shelf for two weeks is flagged red and told of, once, also across a restart', async () => {
    const job = await bench.piece();
    await record(job);
    await owner()(lifecycle.beginWork, empty(job));
    await owner()(lifecycle.markReady, empty(job));
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(13));
    await kerf.cloud.settled();
    expect((await bench.look(job)).flags).toEqual([]);
    await kerf.restart();
    kerf.cloud.clock.advance(days(1) + minutes(1));
    await happened(job, 'job.pickup_overdue');
    expect((await bench.look(job)).flags).toEqual(['pickup_overdue']);
    await bench.mailed(bench.shop.ownerEmail, new RegExp(`${job.number} has been on the shelf`));
    expect((await sign(job)).flags).toEqual([]);
  });

  test('JT-33 a promised date is due soon two days before and late after it, told once whatever the status', async () => {
    const job = await bench.piece('custom', 10);
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(9));
    await happened(job, 'job.due_soon');
    await ask(job);
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(2) + minutes(10));
    await happened(job, 'job.late');
    await happened(job, 'vendor.reminder_due');
    await kerf.cloud.settled();
    const events = await bench.events(job);
    for (const type of ['job.due_soon', 'job.late', 'vendor.reminder_due'])
      expect(
        events.filter((each) => each === type),
        type,
      ).toHaveLength(1);
    expect((await bench.look(job)).flags?.toSorted()).toEqual([
      'promise_late',
      'promise_soon',
      'vendor_silent',
    ]);
    await bench.mailed(caster.email, /^Reminder: Quote request/);
  });

  test('JT-22 an offer that nobody answers expires back to "Quote needed"', async () => {
    const job = await bench.piece();
    await offer(job);
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(31));
    const back = await bench.untilIn(job, 'review');
    expect(back.quotes[0]?.state).toBe('expired');
  });
});

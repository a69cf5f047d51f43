import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiClient, type CallInput } from '#contract/client.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { createShop, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { OutOf } from '#contract/route.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { enrolDevice, printerWithDevice } from './support/device.ts';
import {
  approved,
  invoiceOf,
  jobOf,
  quoted,
  readyForPickup,
  refusal,
  started,
  submitted,
  subjectsTo,
  wholeLog,
  type Workshop,
} from './support/orders.ts';
import { addPrinter } from '../../scripts/walk/farm.ts';

let kerf: Kerf;
let workshop: Workshop;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Once And For All');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

const ten = Array.from({ length: 10 }, (_, index) => index);

describe('the same command under one Idempotency-Key', () => {
  test('one after the other does the work once and answers alike', async () => {
    const { id: jobId } = await submitted(workshop);
    const quoting = { params: { jobId }, body: {}, idempotencyKey: randomUUID() };
    const first = await workshop.shop.owner(jobs.startQuoting, quoting);
    const second = await workshop.shop.owner(jobs.startQuoting, quoting);
    expect(second).toEqual(first);
    const sending = { params: { jobId }, body: { message: 'Once' }, idempotencyKey: randomUUID() };
    const sent = await workshop.shop.owner(jobs.sendQuote, sending);
    expect(await workshop.shop.owner(jobs.sendQuote, sending)).toEqual(sent);
    expect(sent.quotes).toHaveLength(1);
  });

  test('ten times in parallel: a request, a quote, a run and a hand-over come into being once, and all ten are answered alike', async () => {
    const { customer, shop } = workshop;
    const creating = { body: { title: 'Ten of one' }, idempotencyKey: randomUUID() };
    const created = await Promise.all(ten.map(() => customer.call(jobs.createJob, creating)));
    expect(new Set(created.map(({ id }) => id)).size).toBe(1);

    const { id: jobId } = await submitted(workshop);
    const quoting = { params: { jobId }, body: {}, idempotencyKey: randomUUID() };
    const answers = await Promise.all(ten.map(() => shop.owner(jobs.sendQuote, quoting)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.quotes).toHaveLength(1);

    const approving = { params: { jobId }, body: { version: 1, name: 'Cleo' }, idempotencyKey: randomUUID() };
    const approvals = await Promise.all(ten.map(() => customer.call(jobs.approveQuote, approving)));
    expect(new Set(approvals.map(({ status }) => status))).toEqual(new Set(['ready_to_make']));

    const [{ id: partId } = { id: '' }] = answers[0]?.parts ?? [];
    const printer = await addPrinter(shop.owner);
    const device = await enrolDevice(kerf.instance, shop.owner, [printer.id]);
    const starting = {
      params: { jobId },
      body: { partId, machineId: printer.id, quantity: 1 },
      idempotencyKey: randomUUID(),
    };
    const starts = await Promise.all(ten.map(() => shop.owner(jobs.startRun, starting)));
    expect(new Set(starts.map(({ runs }) => runs.map(({ id }) => id).join()))).toEqual(
      new Set([starts[0]?.runs[0]?.id]),
    );
    await device.close();

    await kerf.cloud.settled();
    const log = (await wholeLog(shop.owner)).filter((event) => event.jobId === jobId);
    expect(log.map(({ type }) => type)).toEqual([
      'job.created',
      'job.submitted',
      'quote.sent',
      'quote.approved',
      'run.requested',
    ]);
  });

  test('a key of a refused command may be used again once the reason is gone', async () => {
    const { id: jobId } = await workshop.customer.call(jobs.createJob, { body: { title: 'Not yet' } });
    const submitting = { params: { jobId }, body: {}, idempotencyKey: randomUUID() };
    await refusal('not_ready', workshop.customer.call(jobs.submitJob, submitting));
    expect((await jobOf(workshop.customer.call, jobId)).status).toBe('draft');
    await refusal('not_ready', workshop.customer.call(jobs.submitJob, submitting));
  });

  test('with another body, or for another job, is refused and changes nothing', async () => {
    const { customer, shop } = workshop;
    const idempotencyKey = randomUUID();
    await customer.call(jobs.createJob, { body: { title: 'First' }, idempotencyKey });
    const before = (await customer.call(jobs.listJobs, {})).jobs.length;
    await refusal(
      'idempotency_key_reused',
      customer.call(jobs.createJob, { body: { title: 'Second' }, idempotencyKey }),
    );
    expect((await customer.call(jobs.listJobs, {})).jobs).toHaveLength(before);

    const [one, other] = [await quoted(workshop), await quoted(workshop)];
    const withdrawing = { body: {}, idempotencyKey: randomUUID() };
    await shop.owner(jobs.withdrawQuote, { params: { jobId: one.id }, ...withdrawing });
    await refusal(
      'idempotency_key_reused',
      shop.owner(jobs.withdrawQuote, { params: { jobId: other.id }, ...withdrawing }),
    );
    expect((await jobOf(shop.owner, other.id)).status).toBe('quoted');
  });

  test("of two callers are two keys: neither sees the other's answer", async () => {
    const { instance, shop, customer } = workshop;
    const stranger = await signInCustomer(instance, shop.slug);
    const input = { body: { title: 'Whose is it' }, idempotencyKey: randomUUID() };
    const mine = await customer.call(jobs.createJob, input);
    const theirs = await stranger.call(jobs.createJob, input);
    expect(theirs.id).not.toBe(mine.id);
    expect(theirs.customer.customerId).toBe(stranger.customerId);

    const [one, two] = await Promise.all([
      signUpPerson(instance, `one-${randomUUID()}@shop.example`, 'One'),
      signUpPerson(instance, `two-${randomUUID()}@shop.example`, 'Two'),
    ]);
    const opening: CallInput<typeof createShop> = {
      body: { name: 'Same Key' },
      idempotencyKey: randomUUID(),
    };
    const open = (token: string): Promise<OutOf<typeof createShop>> =>
      callerOf(instance, { kind: 'staff', token })(createShop, opening);
    const [shopOfOne, again, shopOfTwo] = [await open(one), await open(one), await open(two)];
    expect(again.id).toBe(shopOfOne.id);
    expect(shopOfTwo.id).not.toBe(shopOfOne.id);
  });

  test('is demanded by every route that creates or charges', async () => {
    const bare: typeof fetch = (url, init) => {
      const headers = new Headers(init?.headers);
      headers.delete('idempotency-key');
      return fetch(url, { ...init, headers });
    };
    const { token } = workshop.customer;
    const call = apiClient(kerf.instance.url, () => ({ kind: 'customer', token }), bare);
    await refusal('idempotency_key_missing', call(jobs.createJob, { body: { title: 'No key' } }));
  });
});

describe('two members of the staff at the same moment', () => {
  test('start two jobs on one machine: one run begins, the other gets to know why not', async () => {
    const { shop } = workshop;
    const [one, other] = [await approved(workshop), await approved(workshop)];
    const printer = await addPrinter(shop.owner);
    const device = await enrolDevice(kerf.instance, shop.owner, [printer.id]);
    const outcomes = await Promise.allSettled([
      started({ ...workshop, printer }, one),
      started({ ...workshop, printer }, other),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    const problem = await refusal('not_ready', Promise.reject(lost?.reason as Error));
    expect(problem.message).toMatch(/busy with another run|Somebody else just started/);
    await device.close();
  });

  test('approve and withdraw one quote: one wins, the other is refused, the log tells one story', async () => {
    const { shop, customer } = workshop;
    const { id: jobId } = await quoted(workshop);
    const outcomes = await Promise.allSettled([
      customer.call(jobs.approveQuote, { params: { jobId }, body: { version: 1, name: 'Cleo' } }),
      shop.owner(jobs.withdrawQuote, { params: { jobId }, body: {} }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    await refusal('not_allowed_now', Promise.reject(lost?.reason as Error));
    const job = await jobOf(shop.owner, jobId);
    expect([job.status, job.quotes[0]?.state]).toEqual(
      outcomes[0].status === 'fulfilled' ? ['ready_to_make', 'approved'] : ['quoting', 'superseded'],
    );
  });

  test('hand one order over: it happens once, one invoice comes of it and one mail', async () => {
    const { shop, customer, instance } = workshop;
    const { id: jobId } = await readyForPickup(workshop);
    const outcomes = await Promise.allSettled(
      ten.map(() => shop.owner(jobs.handOver, { params: { jobId }, body: {} })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { invoice } = await invoiceOf(workshop, jobId);
    await kerf.cloud.settled();
    const subject = `Invoice ${invoice.number} for order ${invoice.jobNumber}`;
    expect((await subjectsTo(instance, customer.email))[subject]).toBe(1);
    await refusal('not_allowed_now', shop.owner(jobs.handOver, { params: { jobId }, body: {} }));
  });

  test('clear one bed: both are told that it is clear', async () => {
    const printer = await addPrinter(workshop.shop.owner);
    const params = { machineId: printer.id };
    const key = randomUUID();
    const cleared = await Promise.all(
      ten.map(() => workshop.shop.owner(confirmBedClear, { params, idempotencyKey: key })),
    );
    expect(new Set(cleared.map(({ bed }) => bed))).toEqual(new Set(['clear']));
  });

  test('edit one price book: the second edit is stale, names the version in force, and loses nothing', async () => {
    const { owner } = workshop.shop;
    const { version, currency: _, ...book } = await owner(getPriceBook, {});
    const outcomes = await Promise.allSettled([
      owner(replacePriceBook, { body: { ...book, energyMinorPerKwh: 21 }, ifMatch: version }),
      owner(replacePriceBook, { body: { ...book, markupPercent: 41 }, ifMatch: version }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = outcomes.find((outcome) => outcome.status === 'rejected');
    const problem = await refusal('stale', Promise.reject(lost?.reason as Error));
    expect(problem.message).toContain(`version ${version + 1}`);
    const inForce = await owner(getPriceBook, {});
    const won = outcomes.find((outcome) => outcome.status === 'fulfilled');
    expect(inForce).toEqual(won?.value);
    await refusal('stale', owner(replacePriceBook, { body: book, ifMatch: version }));
    expect(await owner(getPriceBook, {})).toEqual(inForce);
  });
});

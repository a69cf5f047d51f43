import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { JobEventType } from '#domain/job/job.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { print, printerWithDevice } from './support/device.ts';
import { killExecution, runningExecutions } from './support/executions.ts';
import {
  approved,
  expectEachMailOnce,
  letMailsGo,
  inQualityCheck,
  invoiced,
  jobOf,
  quoted,
  started,
  submitted,
  untilJob,
  wholeLog,
  type Workshop,
} from './support/orders.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

let kerf: Kerf;
let workshop: Workshop;

/** What a test wants to happen once, when the workflow has entered `quoted` and not yet opened its gate. */
let beforeTheGate: (() => void) | undefined;

beforeAll(async () => {
  kerf = await startKerf({
    async around(_name, event, call) {
      const answer = await call();
      const { op, status } = event as { op?: unknown; status?: unknown };
      if (op === 'enter' && status === 'quoted') {
        beforeTheGate?.();
        beforeTheGate = undefined;
      }
      return answer;
    },
  });
});
afterAll(() => kerf?.stop());
beforeEach(async () => {
  const { instance } = kerf;
  const shop = await openShop(instance, 'Clockwork Prints');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
});
/** Whatever a test did to the workflow: the shop's log has no gap and every mail went out once. */
afterEach(async () => {
  kerf.cloud.workflow.resume();
  kerf.cloud.host.resume('workflow-step');
  kerf.cloud.host.resume('reconcile-workflows');
  await kerf.cloud.settled();
  const { shopId, owner } = workshop.shop;
  const log = await wholeLog(owner);
  await letMailsGo(workshop.instance, owner, log);
  expectEachMailOnce(shopId, log, kerf.cloud.mail.list({ limit: 5000 }));
  // Waking calls give up while the interpreter is away: what they meant to wake is the reconciler's then.
  const dead = kerf.cloud.deliveries.deadLetters().map(({ target }) => target);
  expect(dead.filter((target) => !['resume-workflow', 'start-workflow'].includes(target))).toEqual([]);
  await workshop.device.close();
});

const named = (jobId: string, generation: number): string =>
  `${jobId}-${workshop.shop.shopId.slice(5)}-g${generation}`;

const count = async (jobId: string, type: JobEventType): Promise<number> => {
  const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId } });
  return events.filter((event) => event.type === type).length;
};
const untilEvent = (jobId: string, type: JobEventType) =>
  until(`${type} of ${jobId}`, async () => (await count(jobId, type)) > 0);

/** Resolves when the reconciler has looked `times` more times, and all that came of it is done. */
async function reconciled(times: number): Promise<void> {
  const looks = () => kerf.cloud.host.stats()['reconcile-workflows']?.invocations ?? 0;
  for (let look = 0; look < times; look += 1) {
    const before = looks();
    kerf.cloud.clock.advance(1);
    await until('a look of the reconciler', async () => looks() > before);
    await kerf.cloud.settled();
  }
}

/** What its last step had begun is over when this resolves: it would see the time that is set next. */
async function stopInterpreter(): Promise<void> {
  kerf.cloud.workflow.pause();
  await until('the last step', async () => kerf.cloud.host.stats()['workflow-step']?.running === 0);
}

describe('the interpreter is stopped', () => {
  test('reminder and expiry of a quote stop with it, and the reconciler alone brings both back, once', async () => {
    const { shop } = workshop;
    const { id: jobId } = await quoted(workshop);
    await kerf.cloud.settled();
    await stopInterpreter();
    kerf.cloud.clock.advance(days(3) + minutes(10));
    await reconciled(2);
    expect(await count(jobId, 'quote.reminder_due')).toBe(0);
    kerf.cloud.workflow.resume();
    await untilEvent(jobId, 'quote.reminder_due');

    await kerf.cloud.settled();
    await stopInterpreter();
    kerf.cloud.clock.advance(days(28));
    await reconciled(2);
    expect((await jobOf(shop.owner, jobId)).status).toBe('quoted');
    kerf.cloud.workflow.resume();
    const back = await untilJob(shop.owner, jobId, 'the expiry', ({ status }) => status === 'quoting');
    expect(back.quotes[0]?.state).toBe('expired');
    await reconciled(2);
    expect([await count(jobId, 'quote.reminder_due'), await count(jobId, 'quote.expired')]).toEqual([1, 1]);
    expect(await runningExecutions(jobId)).toHaveLength(1);
  });

  test('the automatic finish after the last run stops with it and comes back, once', async () => {
    const { shop, device } = workshop;
    const job = await approved(workshop);
    const run = await started(workshop, job);
    await kerf.cloud.settled();
    await stopInterpreter();
    await print(device, run.id);
    await kerf.cloud.settled();
    expect((await jobOf(shop.owner, job.id)).status).toBe('in_production');
    kerf.cloud.workflow.resume();
    await untilJob(shop.owner, job.id, 'the finish', ({ status }) => status === 'quality_check');
    await reconciled(2);
    expect(await count(job.id, 'job.finished')).toBe(1);
  });

  test('a person can take every step without it', async () => {
    const { shop, device } = workshop;
    await stopInterpreter();
    const job = await approved(workshop);
    const run = await started(workshop, job);
    await print(device, run.id);
    const params = { jobId: job.id };
    expect((await shop.owner(jobs.finishProduction, { params, body: {} })).status).toBe('quality_check');
    expect((await inspectAndPass(shop.owner, job.id)).status).toBe('ready_for_pickup');
    expect((await shop.owner(jobs.handOver, { params, body: {} })).status).toBe('completed');
    kerf.cloud.workflow.resume();
    await reconciled(2);
    kerf.cloud.clock.advance(minutes(5));
    await reconciled(2);
    expect(await runningExecutions(job.id)).toEqual([]);
  });
});

test('a restart of the whole cloud on the same data loses no reminder, no expiry and no waiting job', async () => {
  const { shop } = workshop;
  const [waiting, offered] = [await submitted(workshop), await quoted(workshop)];
  await kerf.cloud.settled();
  await stopInterpreter();
  kerf.cloud.clock.advance(days(4));
  await kerf.restart();
  await untilEvent(offered.id, 'quote.reminder_due');
  await kerf.cloud.settled();
  await kerf.restart();
  kerf.cloud.clock.advance(days(27));
  await untilJob(shop.owner, offered.id, 'the expiry', ({ status }) => status === 'quoting');
  await reconciled(2);
  expect([await count(offered.id, 'quote.reminder_due'), await count(offered.id, 'quote.expired')]).toEqual([
    1, 1,
  ]);
  for (const { id } of [waiting, offered])
    await until(`one execution of ${id}`, async () => (await runningExecutions(id)).length === 1);
  await shop.owner(jobs.sendQuote, { params: { jobId: waiting.id }, body: {} });
});

test('moved time alone reminds and expires through the sleeping execution: nobody has to be replaced', async () => {
  const { shop } = workshop;
  const { id: jobId } = await quoted(workshop);
  await kerf.cloud.settled();
  const [before] = await runningExecutions(jobId);
  kerf.cloud.clock.advance(days(3) + minutes(1));
  await untilEvent(jobId, 'quote.reminder_due');
  await kerf.cloud.settled();
  kerf.cloud.clock.advance(days(27));
  await untilJob(shop.owner, jobId, 'the expiry', ({ status }) => status === 'quoting');
  await reconciled(1);
  expect(before).toBe(named(jobId, 1));
  expect(await runningExecutions(jobId)).toEqual([before]);
});

describe('decision and gate', () => {
  test('decisions taken before the gate has opened are not lost', async () => {
    const { shop, device, printer } = workshop;
    const { id: jobId } = await submitted(workshop);
    await kerf.cloud.settled();
    kerf.cloud.host.pause('workflow-step');
    await shop.owner(jobs.startQuoting, { params: { jobId }, body: {} });
    await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
    const job = await workshop.customer.call(jobs.approveQuote, {
      params: { jobId },
      body: { version: 1, name: 'Cleo' },
    });
    const run = await started(workshop, job);
    await print(device, run.id);
    await kerf.cloud.settled();
    expect((await jobOf(shop.owner, jobId)).status).toBe('in_production');
    kerf.cloud.host.resume('workflow-step');
    kerf.cloud.clock.advance(minutes(20));
    await untilJob(shop.owner, jobId, 'the finish', ({ status }) => status === 'quality_check');
    await reconciled(2);
    expect(await count(jobId, 'job.finished')).toBe(1);
    expect(await runningExecutions(jobId)).toHaveLength(1);
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
  });

  test('an instant that comes before the gate has opened is not slept through', async () => {
    const { id: jobId } = await submitted(workshop);
    await kerf.cloud.settled();
    beforeTheGate = () => kerf.cloud.clock.advance(days(3) + 1000);
    await workshop.shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
    await untilEvent(jobId, 'quote.reminder_due');
    expect(await runningExecutions(jobId)).toEqual([named(jobId, 1)]);
  });

  test('a dead execution whose last step is still at work does not put off the look at a later decision', async () => {
    const { loadWorkflow, enteredWrite } = await import('#lambdas/adapters/dynamo/repositories/workflows.ts');
    const { commit } = await import('#lambdas/adapters/dynamo/commit.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const { shop, device } = workshop;
    const t = tenant(shop.shopId);
    const { id: jobId } = await approved(workshop);
    const run = await started(workshop, await jobOf(shop.owner, jobId));
    await kerf.cloud.settled();
    const before = await jobOf(shop.owner, jobId);
    const [execution = ''] = await runningExecutions(jobId);
    kerf.cloud.host.pause('reconcile-workflows');
    await killExecution(execution);
    await kerf.cloud.settled();
    await print(device, run.id);
    await kerf.cloud.settled();
    expect((await jobOf(shop.owner, jobId)).version).toBeGreaterThan(before.version);

    const { generation = 0 } = (await loadWorkflow(t, jobId)) ?? {};
    const nextMonth = new Date(kerf.cloud.clock.now().getTime() + days(30)).toISOString();
    const late = commit(t.client, [enteredWrite(t, jobId, generation, before, nextMonth)]);
    await expect(late).rejects.toThrow('Conflict on generation');
    kerf.cloud.host.resume('reconcile-workflows');
    kerf.cloud.clock.advance(minutes(3));
    await untilJob(shop.owner, jobId, 'the finish', ({ status }) => status === 'quality_check');
  });

  test.each(['before', 'after'] as const)('a step that dies %s its work is made up for', async (when) => {
    const { id: jobId } = await submitted(workshop);
    kerf.cloud.host.failNext('workflow-step', 3, when);
    await workshop.shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
    await kerf.cloud.settled();
    const job = await workshop.customer.call(jobs.approveQuote, {
      params: { jobId },
      body: { version: 1, name: 'Cleo' },
    });
    await print(workshop.device, (await started(workshop, job)).id);
    await until('the finish', async () => {
      kerf.cloud.clock.advance(minutes(1));
      return (await jobOf(workshop.shop.owner, jobId)).status === 'quality_check';
    });
    expect(await count(jobId, 'job.finished')).toBe(1);
  });
});

test('a step that keeps failing is left alone for a quarter of an hour, then tried again by the same execution', async () => {
  const { loadWorkflow } = await import('#lambdas/adapters/dynamo/repositories/workflows.ts');
  const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const { owner, shopId } = workshop.shop;
  const { id: jobId } = await submitted(workshop);
  await kerf.cloud.settled();
  kerf.cloud.host.pause('reconcile-workflows');
  const failed = () => kerf.cloud.host.stats()['workflow-step']?.errors ?? 0;
  const before = failed();
  // The first call and its three repetitions.
  kerf.cloud.host.failNext('workflow-step', 4, 'before');
  const { version } = await owner(jobs.startQuoting, { params: { jobId }, body: {} });
  const entered = async () => (await loadWorkflow(tenant(shopId), jobId))?.enteredVersion === version;
  await until('four failures', () => {
    kerf.cloud.clock.advance(10_000);
    return Promise.resolve(failed() === before + 4);
  });
  await kerf.cloud.settled();
  kerf.cloud.clock.advance(minutes(13));
  await kerf.cloud.settled();
  expect(await entered()).toBe(false);
  kerf.cloud.clock.advance(minutes(3));
  await until('the step', entered);
  expect(await runningExecutions(jobId)).toEqual([named(jobId, 1)]);
});

test('a killed execution is replaced by the next generation, and a zombie of the old one can do nothing', async () => {
  const { shopId, owner } = workshop.shop;
  const { id: jobId } = await quoted(workshop);
  await kerf.cloud.settled();
  await killExecution(named(jobId, 1));
  await until('the next generation', async () => (await runningExecutions(jobId)).includes(named(jobId, 2)));
  await kerf.cloud.settled();

  await stopInterpreter();
  kerf.cloud.clock.advance(days(3) + minutes(1));
  const zombie = { shopId, jobId, generation: 1, status: 'quoted' };
  for (const op of ['enter', 'remind'])
    expect(await kerf.cloud.host.invoke('workflow-step', { op, ...zombie })).toMatchObject({
      next: 'fenced',
    });
  expect(await count(jobId, 'quote.reminder_due')).toBe(0);
  kerf.cloud.clock.advance(days(40));
  expect(await kerf.cloud.host.invoke('workflow-step', { op: 'enter', ...zombie })).toMatchObject({
    next: 'fenced',
  });
  expect((await jobOf(owner, jobId)).status).toBe('quoted');

  kerf.cloud.workflow.resume();
  await untilJob(owner, jobId, 'the expiry', ({ status }) => status === 'quoting');
  await kerf.cloud.host.invoke('workflow-step', {
    op: 'gate',
    token: 'of-a-zombie',
    ...zombie,
    status: 'quoting',
  });
  await reconciled(2);
  expect(await runningExecutions(jobId)).toHaveLength(1);
});

describe('the relay', () => {
  test.each(['before', 'after'] as const)(
    'that crashes %s its work loses and doubles nothing',
    async (when) => {
      const { shop, instance } = workshop;
      kerf.cloud.host.failNext('relay', 3, when);
      const first = await quoted(workshop);
      kerf.cloud.host.failNext('relay', 2, when);
      const other = await signInCustomer(instance, shop.slug);
      await Promise.all([inQualityCheck(workshop), quoted({ ...workshop, customer: other })]);
      kerf.cloud.host.failNext('relay', 2, when);
      await workshop.customer.call(jobs.approveQuote, {
        params: { jobId: first.id },
        body: { version: 1, name: 'Cleo' },
      });
      await kerf.cloud.settled();
      const log = await wholeLog(shop.owner);
      expect(log.filter(({ type }) => type === 'quote.sent')).toHaveLength(3);
      expect(log.filter(({ type }) => type === 'quote.approved')).toHaveLength(2);
    },
  );

  test('that hears nothing is made up for by the sweep: an event row waits a minute at most', async () => {
    const { shop } = workshop;
    kerf.cloud.host.pause('relay');
    const { id: jobId } = await quoted(workshop);
    kerf.cloud.clock.advance(minutes(2));
    await until('the log', async () =>
      (await wholeLog(shop.owner)).some((event) => event.jobId === jobId && event.type === 'quote.sent'),
    );
    kerf.cloud.host.resume('relay');
  });

  test('that comes after the row of an event is gone with its shop holds up no other event', async () => {
    const id = (prefix: string) => ({ S: `${prefix}_01j00000000000000000000000` });
    const NewImage = { __edb_e__: { S: 'event' }, shopId: id('shop'), jobId: id('job'), id: id('evt') };
    const record = { eventName: 'INSERT', dynamodb: { SequenceNumber: '7', NewImage } };
    const answer = await kerf.cloud.host.invoke('relay', { Records: [record] });
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  test.each(['send-mails', 'issue-invoice', 'resume-workflow', 'start-workflow', 'dispatch-print'])(
    'hands on to %s, which dies after its work and is called again without doing it twice',
    async (reactor) => {
      kerf.cloud.host.failNext(reactor, 1, 'after');
      const { job, invoice } = await invoiced(workshop);
      await kerf.cloud.settled();
      expect(await count(job.id, 'invoice.issued')).toBe(1);
      expect(invoice.number).toBe('INV-000001');
      expect(new Set(workshop.device.commands.map(({ id }) => id)).size).toBe(1);
    },
  );
});

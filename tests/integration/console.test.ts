import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import { getUsage, listSupportEntries } from '#contract/routes/account.ts';
import * as console_ from '#contract/routes/console.ts';
import { exportBooks } from '#contract/routes/books.ts';
import { connectPayments, getMe, getPriceBook, getShop, replacePriceBook } from '#contract/routes/shops.ts';
import { createCustomer, listCustomers, replaceContact } from '#contract/routes/customers.ts';
import { createClaim, createMachine, listMachines } from '#contract/routes/farm.ts';
import { createPurchaseOrder } from '#contract/routes/documents.ts';
import { askVendor } from '#contract/routes/lifecycle.ts';
import { listJobMails, replaceMailSettings } from '#contract/routes/mail.ts';
import { assignVendor, replaceVendor } from '#contract/routes/vendors.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal, getSession, openSession, requestCode } from '#contract/routes/portal.ts';
import { plans, type PlanName } from '#domain/platform/plan.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { supportName } from '#domain/platform/support.ts';
import { callerOf, mailsTo, advanceClock, undoPassedMs, until } from '../../scripts/walk/instance.ts';
import {
  cognito,
  openShop,
  signInCustomer,
  walkPassword,
  type OpenShop,
  type SignedInCustomer,
} from '../../scripts/walk/people.ts';
import { hireOperator, type Operator } from '../support/operator.ts';
import { draftWithPart, postForm } from '../../scripts/walk/request.ts';
import { printerWithDevice } from './support/device.ts';
import { cube, minutes, startKerf, type Kerf } from './support/kerf.ts';

let kerf: Kerf;
let operator: Operator;
let shop: OpenShop;
let customer: SignedInCustomer;
const word = `w${randomUUID().slice(0, 8)}`;

beforeAll(async () => {
  kerf = await startKerf();
  operator = await hireOperator(kerf.cloud, kerf.instance);
  shop = await openShop(kerf.instance, `Lästner's ${word} Works`);
  customer = await signInCustomer(kerf.instance, shop.slug);
}, 60_000);
afterAll(() => kerf?.stop());

const params = () => ({ shopId: shop.shopId });
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: { problem?: { code: string; detail: string } }) => error.problem,
  );

describe('whoever runs Kerf', () => {
  test('is nobody who signed up so: a claim in the sign-up counts for nothing', async () => {
    const email = `${randomUUID()}@mail.example`;
    await cognito(kerf.instance, 'SignUp', {
      Username: email,
      Password: walkPassword,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'cognito:groups', Value: 'operators' },
        { Name: 'custom:groups', Value: 'operators' },
      ],
    });
    const [, code] = /code is (\d{6})/.exec((await mailsTo(kerf.instance, email))[0]?.text ?? '') ?? [];
    await cognito(kerf.instance, 'ConfirmSignUp', { Username: email, ConfirmationCode: code });
    const answer = await cognito(kerf.instance, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: walkPassword },
    });
    const token = (answer['AuthenticationResult'] as { IdToken: string }).IdToken;
    const call = callerOf(kerf.instance, { kind: 'staff', token });
    expect((await refusal(call(console_.getOperator, {})))?.code).toBe('wrong_role');
    expect((await call(getMe, {})).email).toBe(email);
  });

  test('finds a shop by word, portal address, owner’s address and id, and sees what it holds', async () => {
    const find = async (q: string) =>
      (await operator.call(console_.findShops, { query: { q } })).shops.map(({ id }) => id);
    for (const q of [
      word,
      word.slice(0, 5),
      `lastner ${word}`,
      `LÄST ${word}`,
      shop.slug,
      shop.ownerEmail,
      shop.shopId,
    ])
      expect(await find(q), q).toContain(shop.shopId);
    for (const q of [`${word} nonsense`, 'x', '#', `shop_${'0'.repeat(26)}`])
      expect(await find(q), q).not.toContain(shop.shopId);
    expect(await find('')).toContain(shop.shopId);
    const { id: jobId } = await customer.call(jobs.createJob, {
      body: { title: 'Counted', delivery: 'pickup' },
    });
    const summary = await until('the job’s event', async () => {
      const answer = await operator.call(console_.getShopSummary, { params: params() });
      return answer.events > 0 && answer.lastActivityAt ? answer : undefined;
    });
    expect(summary).toMatchObject({ jobs: 1, machines: 0, standing: { plan: 'unmetered' } });
    expect(summary.members).toEqual([{ name: 'Ana Owner', role: 'owner' }]);
    expect(jobId).toMatch(/^job_/);
  });
});

describe('a suspended shop', () => {
  let job: { id: string };
  let farm: Awaited<ReturnType<typeof printerWithDevice>>;
  beforeAll(async () => {
    farm = await printerWithDevice(kerf.instance, shop.owner);
    job = await draftWithPart(customer.call, 'Meanwhile', cube());
    await customer.call(jobs.submitJob, { params: { jobId: job.id }, body: {} });
    await shop.owner(jobs.sendQuote, { params: { jobId: job.id }, body: {} });
    // The quote's mail still waits for the step to be taken back.
    await operator.call(console_.suspendShop, { params: params(), body: { reason: 'An unpaid bill.' } });
  });

  test('is refused to change anything, and told why', async () => {
    const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
    const problem = await refusal(shop.owner(replacePriceBook, { body: book, ifMatch: version }));
    expect(problem?.code).toBe('shop_suspended');
    expect(problem?.detail).toContain('An unpaid bill.');
    expect((await shop.owner(getPriceBook, {})).version).toBe(version);
  });

  test('is still read and exported by its owner, who may also look which shops are theirs', async () => {
    expect((await shop.owner(getShop, {})).id).toBe(shop.shopId);
    expect(
      await shop.owner(exportBooks, { query: { list: 'invoices', from: '2020-01-01', to: '2020-01-31' } }),
    ).toBeDefined();
    expect((await shop.owner(getMe, {})).shops).toHaveLength(1);
    expect((await shop.owner(listSupportEntries, {})).entries[0]).toMatchObject({
      kind: 'suspension',
      reason: 'An unpaid bill.',
      operator: { name: 'Olga Operator' },
    });
  });

  test('is closed to its customers and to visitors, who are not told why', async () => {
    const visitor = callerOf(kerf.instance, { kind: 'none' });
    const slug = { slug: shop.slug };
    const calls: Promise<unknown>[] = [
      customer.call(getSession, {}),
      customer.call(jobs.getJob, { params: { jobId: job.id } }),
      customer.call(jobs.createJob, { body: { title: 'No', delivery: 'pickup' } }),
      visitor(getPortal, { params: slug }),
      visitor(requestCode, { params: slug, body: { email: 'visitor@mail.example' } }),
      visitor(openSession, { params: slug, body: { email: 'visitor@mail.example', code: '000000' } }),
    ];
    for (const problem of await Promise.all(calls.map(refusal))) {
      expect(problem?.code).toBe('shop_suspended');
      expect(problem?.detail).not.toContain('unpaid');
    }
  });

  test('still hears of its machines', async () => {
    const machineId = farm.printer.id;
    await farm.device.snapshot([{ machineId, state: 'printing' }]);
    await until('the snapshot', async () => {
      const { machines } = await shop.owner(listMachines, {});
      return machines.find(({ id }) => id === machineId)?.live?.state === 'printing';
    });
  });

  test('writes to no customer: what is due to be mailed waits, and the job says so', async () => {
    await advanceClock(kerf.instance, undoPassedMs);
    await until('the mail to wait', async () => {
      const { mails } = await shop.owner(listJobMails, { params: { jobId: job.id } });
      return mails.some(({ state, note }) => state === 'waiting' && note?.includes('suspended'));
    });
    expect(await quoteMails()).toEqual([]);
  });

  test('is suspended once', async () => {
    const again = operator.call(console_.suspendShop, { params: params(), body: { reason: 'Again.' } });
    expect((await refusal(again))?.code).toBe('not_allowed_now');
  });

  test('works again when the suspension is lifted, and what waited to be mailed goes out', async () => {
    await operator.call(console_.liftSuspension, { params: params(), body: { reason: 'It is paid.' } });
    expect((await customer.call(jobs.getJob, { params: { jobId: job.id } })).id).toBe(job.id);
    const twice = operator.call(console_.liftSuspension, { params: params(), body: { reason: 'Again.' } });
    expect((await refusal(twice))?.code).toBe('not_allowed_now');
    await advanceClock(kerf.instance, minutes(16));
    await until('the quote’s mail', async () => (await quoteMails()).length === 1);
    await farm.device.close();
  });
});

describe('a visit of Kerf’s support', () => {
  let visit: Call;
  let visitId: string;
  beforeAll(async () => {
    const opened = await operator.call(console_.visitShop, {
      params: params(),
      body: { reason: 'They asked why a price is empty.' },
    });
    visitId = opened.visitId;
    visit = callerOf(kerf.instance, { kind: 'staff', token: opened.token });
  });
  const entry = async () =>
    (await shop.owner(listSupportEntries, {})).entries.find(({ id }) => id === visitId);

  test('changes a job in the name of Kerf support, and the shop reads who came, why, and what was changed', async () => {
    const { customers } = await visit(listCustomers, { query: {} });
    const made = await visit(jobs.createJob, {
      body: { title: 'By support', delivery: 'pickup', customerId: customers[0]?.id ?? '' },
    });
    const { events } = await shop.owner(jobs.listJobEvents, { params: { jobId: made.id } });
    expect(events.map(({ actor }) => actor.name)).toEqual([supportName]);
    const { version, currency: _, ...book } = await visit(getPriceBook, {});
    await visit(replacePriceBook, { body: book, ifMatch: version });
    expect(await entry()).toMatchObject({
      reason: 'They asked why a price is empty.',
      operator: { name: 'Olga Operator' },
      acts: [{ route: 'createJob' }, { route: 'replacePriceBook', target: {} }],
    });
  });

  test('leaves no entry for what was refused', async () => {
    const before = (await entry())?.acts.length;
    const { version: _, currency: __, ...book } = await visit(getPriceBook, {});
    expect((await refusal(visit(replacePriceBook, { body: book, ifMatch: 9999 })))?.code).toBe('stale');
    expect((await entry())?.acts).toHaveLength(before ?? 0);
  });

  test('reaches no payments, no credentials, no words in the shop’s name', async () => {
    const me = { name: 'Me', email: 'olga@kerf.example' };
    const jobId = 'job_01j00000000000000000000000';
    const calls: Promise<unknown>[] = [
      visit(exportBooks, { query: { list: 'payments', from: '2020-01-01', to: '2020-01-31' } }),
      visit(createClaim, { body: { machineIds: ['mac_01j00000000000000000000000'] } }),
      visit(connectPayments, {}),
      visit(getMe, {}),
      visit(console_.findShops, { query: {} }),
      visit(replaceMailSettings, { params: { template: 'order' }, body: { choices: [] }, ifMatch: 1 }),
      visit(askVendor, { params: { jobId }, body: { vendor: me } }),
      visit(assignVendor, { params: { jobId }, body: { vendorId: null } }),
      visit(replaceVendor, { params: { vendorId: 'ven_01j00000000000000000000000' }, body: me, ifMatch: 1 }),
      visit(createPurchaseOrder, {
        params: { jobId },
        body: { vendor: me, lines: [{ label: 'Casting', quantity: 1 }] },
      }),
    ];
    for (const problem of await Promise.all(calls.map(refusal))) expect(problem?.code).toBe('wrong_role');
  });

  test('changes a customer’s card, and not the address they sign in by', async () => {
    const { customers } = await visit(listCustomers, { query: {} });
    const { id = '', name = '', email = '', version = 0 } = customers[0] ?? {};
    const change = (address: string) =>
      visit(replaceContact, {
        params: { customerId: id },
        body: { name, email: address, phone: '+49 30 1' },
        ifMatch: version,
      });
    expect((await refusal(change('olga@kerf.example')))?.code).toBe('wrong_role');
    expect(await change(email)).toMatchObject({ email, phone: '+49 30 1' });
  });

  test('is over when it is ended', async () => {
    const target = { ...params(), visitId };
    const { endedAt } = await operator.call(console_.endVisit, { params: target });
    expect((await refusal(visit(getShop, {})))?.code).toBe('unauthenticated');
    expect(await operator.call(console_.endVisit, { params: target })).toEqual({ endedAt });
  });

  test('is over after a quarter of an hour', async () => {
    const { token } = await operator.call(console_.visitShop, {
      params: params(),
      body: { reason: 'Late.' },
    });
    const late = callerOf(kerf.instance, { kind: 'staff', token });
    await late(getShop, {});
    await advanceClock(kerf.instance, minutes(15));
    expect((await refusal(late(getShop, {})))?.code).toBe('unauthenticated');
  });
});

describe('what went wrong', () => {
  test('an event that a function gave up stands on the list with its error, and goes out again when told to', async () => {
    const { reactor } = await import('#lambdas/events/reactor.ts');
    const { id: jobId } = await customer.call(jobs.createJob, {
      body: { title: 'Poison', delivery: 'pickup' },
    });
    const event = await until('the event', async () => {
      const { events } = await shop.owner(jobs.listEvents, { query: { limit: 500 } });
      return events.find((each) => each.jobId === jobId);
    });
    const detail = {
      eventId: event.id,
      seq: event.seq,
      shopId: shop.shopId,
      jobId,
      customerId: customer.customerId,
      type: event.type,
      at: event.at,
      actor: { kind: 'system', name: 'test' },
      data: {},
    };
    const poisoned = reactor('send-mails', () => Promise.reject(new Error('no such letter')));
    const mine = async () =>
      (await operator.call(console_.listTroubles, {})).troubles.find(({ jobId: of }) => of === jobId);
    await expect(poisoned({ detail })).rejects.toThrow('no such letter');
    expect(await mine()).toMatchObject({ attempts: 1, givenUp: false, what: 'send-mails' });
    for (const _ of [2, 3]) await expect(poisoned({ detail })).rejects.toThrow();
    const trouble = await mine();
    expect(trouble).toMatchObject({ attempts: 3, givenUp: true, error: 'Error: no such letter' });
    const target = { shopId: shop.shopId, troubleId: trouble?.id ?? '' };
    expect(await operator.call(console_.retryTrouble, { params: target })).toEqual({ again: 'event' });
    expect(await mine()).toBeUndefined();
    expect((await refusal(operator.call(console_.retryTrouble, { params: target })))?.code).toBe('not_found');
  });

  test('a job whose execution is gone is found and gets a fresh one; what has ended gets none', async () => {
    const { id: jobId } = await customer.call(jobs.createJob, {
      body: { title: 'Stuck', delivery: 'pickup' },
    });
    const target = { shopId: shop.shopId, jobId };
    const { generation } = await operator.call(console_.restartWorkflow, { params: target });
    expect(generation).toBe(2);
    await customer.call(jobs.cancelJob, { params: { jobId }, body: { reason: 'No need.' } });
    expect((await refusal(operator.call(console_.restartWorkflow, { params: target })))?.code).toBe(
      'not_allowed_now',
    );
    expect((await operator.call(console_.listStuckJobs, {})).jobs).toEqual([]);
  });
});

describe('what a shop uses', () => {
  test('is counted by the month, read by the shop, and priced for whoever runs Kerf', async () => {
    for (let call = 0; call < 61; call += 1) await shop.owner(getShop, {});
    const usage = await until('the counts', async () => {
      const answer = await shop.owner(getUsage, {});
      return answer.months.some(({ calls }) => calls >= 60) ? answer : undefined;
    });
    const sum = (name: Exclude<keyof (typeof usage.months)[number], 'month'>) =>
      usage.months.reduce((total, month) => total + month[name], 0);
    expect({ jobs: sum('jobs'), files: sum('files'), bytes: sum('fileBytes') }).toEqual({
      jobs: 5,
      files: 1,
      bytes: cube().content.length,
    });
    expect(sum('mails')).toBeGreaterThan(1);
    expect(sum('machineMessages')).toBeGreaterThan(0);
    const {
      events,
      dollars,
      usage: same,
    } = await operator.call(console_.getShopSummary, { params: params() });
    expect(sum('events')).toBeLessThanOrEqual(events);
    expect(sum('events')).toBeGreaterThan(5);
    expect(same.months.map(({ month }) => month)).toEqual(usage.months.map(({ month }) => month));
    expect(dollars[0]).toBeGreaterThan(0.0005);
  });

  test('ends where its plan ends, with the limit, what is used and what to do; a larger plan lets it go on', async () => {
    const small = await openShop(kerf.instance, 'Small');
    const { customerId } = await small
      .owner(createCustomer, {
        body: { name: 'Walk-in', email: 'walk-in@mail.example' },
      })
      .then(({ id }) => ({ customerId: id }));
    const target = { shopId: small.shopId };
    const onPlan = (plan: PlanName) =>
      operator.call(console_.changePlan, { params: target, body: { plan, reason: 'as agreed' } });
    await onPlan('trial');
    const { countUsage } = await import('#lambdas/adapters/dynamo/repositories/usages.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const { now } = await import('#lambdas/adapters/clock.ts');
    const month = monthOf(now());
    const model = cube();
    const left = model.content.length;
    await countUsage(tenant(small.shopId), month, {
      jobs: (plans.trial.jobsPerMonth ?? 0) - 1,
      fileBytes: (plans.trial.storageBytes ?? 0) - left,
    });

    // The last tenth is kept for the shop's own people.
    const visitor = await signInCustomer(kerf.instance, small.slug);
    const theirs = await refusal(
      visitor.call(jobs.createJob, { body: { title: 'Theirs', delivery: 'pickup' } }),
    );
    expect(theirs).toMatchObject({
      code: 'over_plan',
      detail: expect.stringContaining('ask the shop') as string,
    });

    const open = () =>
      small.owner(jobs.createJob, { body: { title: 'One', delivery: 'pickup', customerId } });
    const { id: jobId } = await open();
    const upload = (bytes: number) =>
      small.owner(jobs.createFile, { params: { jobId }, body: { name: 'a.stl', bytes } });
    const machine = () =>
      small.owner(createMachine, { body: { name: 'P', volumeMm: { x: 100, y: 100, z: 100 } } });
    const [fits, comesLater] = [await upload(left), await upload(left)];
    for (let count = 0; count < (plans.trial.machines ?? 0); count += 1) await machine();

    const problems = await Promise.all([open(), upload(left + 1), machine()].map(refusal));
    expect(problems.map((problem) => problem?.code)).toEqual(['over_plan', 'over_plan', 'over_plan']);
    expect(problems.map((problem) => problem?.detail)).toEqual([
      expect.stringContaining(
        'holds 50 jobs a month, and 50 were opened this month. Ask Kerf for a larger plan',
      ),
      expect.stringContaining('holds 2 GB of files'),
      expect.stringContaining('holds 3 machines, and 3 are set up'),
    ]);
    const { limits } = await small.owner(getUsage, {});
    expect(limits.find(({ what }) => what === 'jobsPerMonth')).toEqual({
      what: 'jobsPerMonth',
      used: 50,
      limit: 50,
      left: 0,
    });

    // Both forms were given out while there was room for one.
    const stateOf = async ({ file }: typeof fits) => {
      const { files } = await small.owner(jobs.getJob, { params: { jobId } });
      return files.find(({ id }) => id === file.id);
    };
    for (const [sent, state] of [
      [fits, 'checked'],
      [comesLater, 'refused'],
    ] as const) {
      expect(await postForm(sent.upload, model.content)).toBe(204);
      await until('the check', async () => (await stateOf(sent))?.state !== 'awaiting_upload');
      expect((await stateOf(sent))?.state).toBe(state);
    }
    expect((await stateOf(comesLater))?.report?.problems).toMatchObject([{ code: 'no_room' }]);

    await onPlan('starter');
    await open();
    await machine();
    expect((await refusal(onPlan('starter')))?.code).toBe('not_allowed_now');
    const { entries } = await small.owner(listSupportEntries, {});
    expect(entries.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['plan', 'Starter: as agreed'],
      ['plan', 'Trial: as agreed'],
    ]);
  });
});

/** Mails to the customer that offer the quote. */
const quoteMails = async () =>
  (await mailsTo(kerf.instance, customer.email)).filter(({ text }) => text?.includes('Review and approve'));

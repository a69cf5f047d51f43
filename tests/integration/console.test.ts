import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import { listSupportEntries } from '#contract/routes/account.ts';
import * as console_ from '#contract/routes/console.ts';
import { exportBooks } from '#contract/routes/books.ts';
import { getMe, getPriceBook, getShop, replacePriceBook } from '#contract/routes/shops.ts';
import { listMachines } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal, getSession, openSession, requestCode } from '#contract/routes/portal.ts';
import { supportName } from '#domain/platform/support.ts';
import { callerOf, mailsTo, advanceClock, until } from '../../scripts/walk/instance.ts';
import {
  cognito,
  openShop,
  signInCustomer,
  walkPassword,
  type OpenShop,
  type SignedInCustomer,
} from '../../scripts/walk/people.ts';
import { hireOperator, type Operator } from '../support/operator.ts';
import { minutes, startKerf, type Kerf } from './support/kerf.ts';

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
      `lastners ${word}`,
      `LÄST ${word}`,
      shop.slug,
      shop.ownerEmail,
      shop.shopId,
    ])
      expect(await find(q), q).toContain(shop.shopId);
    for (const q of [`${word} nonsense`, 'x', '#', `${shop.shopId.slice(0, -1)}0`])
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
  beforeAll(async () => {
    job = await customer.call(jobs.createJob, { body: { title: 'Meanwhile', delivery: 'pickup' } });
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
    expect(await shop.owner(exportBooks, { query: { from: '2020-01-01', to: '2020-01-31' } })).toBeDefined();
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

  test('is suspended once', async () => {
    const again = operator.call(console_.suspendShop, { params: params(), body: { reason: 'Again.' } });
    expect((await refusal(again))?.code).toBe('not_allowed_now');
  });

  test('works again when the suspension is lifted, and what waited to be mailed goes out', async () => {
    await operator.call(console_.liftSuspension, { params: params(), body: { reason: 'It is paid.' } });
    expect((await customer.call(jobs.getJob, { params: { jobId: job.id } })).id).toBe(job.id);
    const twice = operator.call(console_.liftSuspension, { params: params(), body: { reason: 'Again.' } });
    expect((await refusal(twice))?.code).toBe('not_allowed_now');
  });
});

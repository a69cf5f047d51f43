import { randomUUID } from 'node:crypto';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ProblemError } from '#contract/client.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getSession, openSession, requestCode } from '#contract/routes/portal.ts';
import { getMe, getShop } from '#contract/routes/shops.ts';
import { callerOf, mailsTo, mailWith, until } from '../../scripts/walk/instance.ts';
import {
  openShop,
  signInCustomer,
  signInPerson,
  signUpPerson,
  type OpenShop,
  type SignedInCustomer,
} from '../../scripts/walk/people.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { byLink, jobOf, linkSecret, quoted, refusal, submitted } from './support/orders.ts';

let kerf: Kerf;
let shop: OpenShop;
let other: OpenShop;
let customer: SignedInCustomer;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Doorkeeper');
  other = await openShop(kerf.instance, 'Next Door');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());
afterEach(() => {
  vi.useRealTimers();
});

const visitor = () => callerOf(kerf.instance, { kind: 'none' });
const newAddress = () => `visitor-${randomUUID()}@mail.example`;

/** Asks for a code and reads it from the mail. */
async function mailedCode(email: string, slug = shop.slug): Promise<string> {
  const before = (await mailsTo(kerf.instance, email)).length;
  await visitor()(requestCode, { params: { slug }, body: { email } });
  await until('the code', async () => (await mailsTo(kerf.instance, email)).length > before);
  const [, code = ''] = await mailWith(kerf.instance, email, /Your code for .* is (\d{6})/);
  return code;
}
const ask = (email: string) => visitor()(requestCode, { params: { slug: shop.slug }, body: { email } });
const open = (email: string, code: string, slug = shop.slug) =>
  visitor()(openSession, { params: { slug }, body: { email, code } });
const wrong = (code: string, by: number) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

describe('a mailed code', () => {
  test('opens a session once; used again it is refused', async () => {
    const email = newAddress();
    const code = await mailedCode(email);
    const { customerId, token } = await open(email, code);
    expect(await callerOf(kerf.instance, { kind: 'customer', token })(getSession, {})).toMatchObject({
      customer: { id: customerId, email },
    });
    await refusal('unauthenticated', open(email, code));
    expect((await open(email, await mailedCode(email))).customerId).toBe(customerId);
  });

  test('used by ten at the same moment opens one session', async () => {
    const email = newAddress();
    const code = await mailedCode(email);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => open(email, code)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  test('bears five wrong tries, then not even the right one opens, and no fresh code gives new ones within the window', async () => {
    const email = newAddress();
    const code = await mailedCode(email);
    for (let by = 1; by <= 2; by += 1) await refusal('unauthenticated', open(email, wrong(code, by)));
    const fresh = await mailedCode(email);
    for (let by = 1; by <= 3; by += 1) await refusal('unauthenticated', open(email, wrong(fresh, by)));
    await refusal('too_many_requests', open(email, fresh));
    await refusal('too_many_requests', ask(email));
    kerf.cloud.clock.advance(minutes(15));
    expect((await open(email, await mailedCode(email))).token).not.toBe('');
  });

  test('can not be guessed faster by guessing in parallel', async () => {
    const email = newAddress();
    const code = await mailedCode(email);
    const guesses = Array.from({ length: 20 }, (_, by) => open(email, wrong(code, by + 1)));
    const outcomes = await Promise.allSettled(guesses);
    const codes = outcomes.map((each) =>
      each.status === 'rejected' && each.reason instanceof ProblemError ? each.reason.problem?.code : '',
    );
    expect(codes.filter((each) => each === 'unauthenticated')).toHaveLength(5);
    expect(codes.filter((each) => each === 'too_many_requests')).toHaveLength(15);
    await refusal('too_many_requests', open(email, code));
  });

  test('is over after ten minutes, and when a newer one was sent', async () => {
    const email = newAddress();
    const first = await mailedCode(email);
    const second = await mailedCode(email);
    if (first !== second) await refusal('unauthenticated', open(email, first));
    kerf.cloud.clock.advance(minutes(11));
    await refusal('unauthenticated', open(email, second));
  });

  test('of one shop or one address opens nothing at another', async () => {
    const email = newAddress();
    const code = await mailedCode(email);
    await refusal('unauthenticated', open(email, code, other.slug));
    await refusal('unauthenticated', open(newAddress(), code));
    await refusal('not_found', open(email, code, 'no-such-shop'));
    expect((await open(email, code)).token).not.toBe('');
  });

  test('is sent five times in a quarter of an hour at most, asked for in turn or all at once', async () => {
    for (const all of [
      async (email: string) => {
        for (let time = 0; time < 5; time += 1) await mailedCode(email);
      },
      async (email: string) => {
        const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => ask(email)));
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
      },
    ]) {
      const email = newAddress();
      await all(email);
      const response = await fetch(`${kerf.instance.url}/v1/portal/${shop.slug}/codes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email }),
      });
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(14 * 60);
      expect(seconds).toBeLessThanOrEqual(15 * 60);
      kerf.cloud.clock.advance(seconds * 1000);
      await mailedCode(email);
    }
  });

  test('that was right uses up no try', async () => {
    const email = newAddress();
    for (let time = 0; time < 4; time += 1) {
      const code = await mailedCode(email);
      await refusal('unauthenticated', open(email, wrong(code, 1)));
      await open(email, code);
    }
  });
});

describe('a session', () => {
  test('of one shop shows nothing of another, though the person is the same', async () => {
    const there = await signInCustomer(kerf.instance, other.slug, customer.email);
    const { id: jobId } = await submitted({ instance: kerf.instance, shop, customer });
    await refusal('not_found', jobOf(there.call, jobId));
    expect((await there.call(jobs.listJobs, {})).jobs).toEqual([]);
    expect((await there.call(getSession, {})).shop.slug).toBe(other.slug);
  });

  test('with a changed letter, without a signature or for another purpose is none', async () => {
    const [head = '', body = '', signature = ''] = customer.token.split('.');
    const forged = Buffer.from(
      JSON.stringify({
        ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object),
        customerId: 'cus_01aaaaaaaaaaaaaaaaaaaaaaaa',
      }),
    ).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    for (const token of [
      `${head}.${forged}.${signature}`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    ])
      await refusal(
        'unauthenticated',
        callerOf(kerf.instance, { kind: 'customer', token })(jobs.listJobs, {}),
      );
    const live = await fetch(`${kerf.instance.url}/v1/live`, {
      headers: { authorization: `Bearer ${customer.token}` },
    });
    const { token } = (await live.json()) as { token: string };
    await refusal('unauthenticated', callerOf(kerf.instance, { kind: 'customer', token })(jobs.listJobs, {}));
  });

  test('may not do what is for the staff', async () => {
    const { id: jobId } = await submitted({ instance: kerf.instance, shop, customer });
    await refusal('wrong_role', customer.call(jobs.sendQuote, { params: { jobId }, body: {} }));
    await refusal('wrong_role', customer.call(getShop, {}));
  });
});

describe('a mailed link', () => {
  test('reaches its one job only, and neither list nor price book', async () => {
    const players = { instance: kerf.instance, shop, customer };
    const [one, two] = [await quoted(players), await quoted(players)];
    const link = byLink(kerf.instance, await linkSecret(kerf.instance, customer.email, one.id));
    expect((await jobOf(link, one.id)).id).toBe(one.id);
    await refusal('not_found', jobOf(link, two.id));
    await refusal(
      'not_found',
      link(jobs.approveQuote, { params: { jobId: two.id }, body: { version: 1, name: 'C' } }),
    );
    await refusal('wrong_role', link(jobs.listJobs, {}));
  });

  test('with one changed letter, or used as a session, opens nothing', async () => {
    const { id: jobId } = await quoted({ instance: kerf.instance, shop, customer });
    const secret = await linkSecret(kerf.instance, customer.email, jobId);
    const changed = `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
    await refusal('unauthenticated', jobOf(byLink(kerf.instance, changed), jobId));
    await refusal(
      'unauthenticated',
      jobOf(callerOf(kerf.instance, { kind: 'customer', token: secret }), jobId),
    );
  });

  test('is over after sixty days', async () => {
    const { id: jobId } = await quoted({ instance: kerf.instance, shop, customer });
    const link = byLink(kerf.instance, await linkSecret(kerf.instance, customer.email, jobId));
    kerf.cloud.clock.advance(days(59));
    expect((await jobOf(link, jobId)).id).toBe(jobId);
    kerf.cloud.clock.advance(days(2));
    await refusal('unauthenticated', jobOf(link, jobId));
  });
});

describe('a member of the staff', () => {
  test("finds nothing under another shop's name, whatever is asked for", async () => {
    const { id: jobId } = await submitted({ instance: kerf.instance, shop, customer });
    const intruder = callerOf(kerf.instance, { kind: 'staff', token: other.ownerToken, shopId: shop.shopId });
    await refusal('not_found', jobOf(intruder, jobId));
    await refusal('not_found', intruder(getShop, {}));
    await refusal('not_found', intruder(jobs.listJobs, {}));
    await refusal('not_found', intruder(jobs.sendQuote, { params: { jobId }, body: {} }));
    await refusal('not_found', jobOf(other.owner, jobId));
    expect((await intruder(getMe, {})).shops.map(({ shopId }) => shopId)).toEqual([other.shopId]);
  });

  test('is asked for the shop when none is named, and a made-up shop does not exist', async () => {
    const nowhere = callerOf(kerf.instance, { kind: 'staff', token: shop.ownerToken });
    await refusal('invalid_request', nowhere(getShop, {}));
    for (const shopId of ['shop_01aaaaaaaaaaaaaaaaaaaaaaaa', 'SHOP#1', '*'])
      await refusal(
        'not_found',
        callerOf(kerf.instance, { kind: 'staff', token: shop.ownerToken, shopId })(getShop, {}),
      );
  });

  test('who was removed is out within half a minute', async () => {
    const email = `leaver-${randomUUID()}@shop.example`;
    const token = await signUpPerson(kerf.instance, email, 'Lea Leaver');
    const leaver = await openShop(kerf.instance, 'Leaving');
    const person = await callerOf(kerf.instance, { kind: 'staff', token: leaver.ownerToken })(getMe, {});
    expect((await leaver.owner(getShop, {})).id).toBe(leaver.shopId);
    await new DynamoDBClient({ credentials: kerf.cloud.operator }).send(
      new DeleteItemCommand({
        TableName: 'Kerf',
        Key: { pk: { S: `DIR#PERSON#${person.personId}` }, sk: { S: `SHOP#${leaver.shopId}` } },
      }),
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    await refusal('not_found', leaver.owner(getShop, {}));
    expect((await callerOf(kerf.instance, { kind: 'staff', token })(getMe, {})).shops).toEqual([]);
  });

  test('is nobody with a token of another kind, an access token or a broken one', async () => {
    const token = await signInPerson(kerf.instance, shop.ownerEmail);
    const [head = '', body = '', signature = ''] = token.split('.');
    const access = Buffer.from(
      JSON.stringify({
        ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object),
        token_use: 'access',
      }),
    ).toString('base64url');
    for (const broken of [`${head}.${access}.${signature}`, `${head}.${body}.`, 'x'.repeat(40)])
      await refusal(
        'unauthenticated',
        callerOf(kerf.instance, { kind: 'staff', token: broken, shopId: shop.shopId })(getShop, {}),
      );
    await refusal('unauthenticated', visitor()(getShop, {}));
  });
});

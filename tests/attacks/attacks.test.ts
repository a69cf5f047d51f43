import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ulid } from 'ulid';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { topics } from '#contract/mqtt.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { createShop } from '#contract/routes/shops.ts';
import { addPrinter } from '../../scripts/walk/farm.ts';
import { callerOf, until } from '../../scripts/walk/instance.ts';
import {
  openShop,
  signInCustomer,
  signUpPerson,
  type OpenShop,
  type SignedInCustomer,
} from '../../scripts/walk/people.ts';
import { postForm } from '../../scripts/walk/request.ts';
import { connectAs, enrol, type EnrolledDevice } from '../integration/support/device.ts';
import { cube, startKerf, type Kerf } from '../integration/support/kerf.ts';
import { jobOf } from '../integration/support/orders.ts';

const callsPerMinute = 400;
let kerf: Kerf;
let shop: OpenShop;
let victim: OpenShop;
let customer: SignedInCustomer;
let victimJobId: string;

beforeAll(async () => {
  kerf = await startKerf({ callsPerMinute });
  [shop, victim] = [await openShop(kerf.instance, 'Honest'), await openShop(kerf.instance, 'Victim')];
  customer = await signInCustomer(kerf.instance, shop.slug);
  const rich = await signInCustomer(kerf.instance, victim.slug);
  ({ id: victimJobId } = await rich.call(jobs.createJob, { body: { title: 'Secret', delivery: 'pickup' } }));
}, 60_000);
afterAll(() => kerf?.stop());
afterEach(() => {
  vi.useRealTimers();
});

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
/** A request as raw as fetch lets it be. */
async function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const response = await fetch(`${kerf.instance.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, text };
}
const bearer = (token: string, shopId = shop.shopId) => ({
  authorization: `Bearer ${token}`,
  'kerf-shop': shopId,
});
const json = { 'content-type': 'application/json' };
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part = '') =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

describe('a token', () => {
  /** The owner's own token, taken apart. */
  const parts = () => {
    const [head = '', body = '', signature = ''] = shop.ownerToken.split('.');
    return { head, body, signature };
  };
  const statusWith = async (token: string) => (await send('/v1/jobs', { headers: bearer(token) })).status;

  test('is good for its shop as long as it lasts, and for no other one', async () => {
    expect(await statusWith(shop.ownerToken)).toBe(200);
    expect((await send('/v1/jobs', { headers: bearer(shop.ownerToken, victim.shopId) })).status).toBe(404);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
    expect(await statusWith(shop.ownerToken)).toBe(401);
  });

  test('of another pool, with our names on it, is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { head, body } = parts();
    const signed = (header: string, payload: string) =>
      `${header}.${payload}.${sign('RSA-SHA256', Buffer.from(`${header}.${payload}`), privateKey).toString('base64url')}`;
    expect(await statusWith(signed(head, body))).toBe(401);
    // Bringing its own key along, or saying where to find one.
    const jwk = privateKey.export({ format: 'jwk' });
    const own = { ...decoded(head), jwk: { kty: jwk.kty, n: jwk.n, e: jwk.e }, jku: 'http://127.0.0.1:9/k' };
    expect(await statusWith(signed(base64url(own), body))).toBe(401);
    const foreign = {
      ...decoded(body),
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_foreign',
    };
    expect(await statusWith(signed(head, base64url(foreign)))).toBe(401);
  });

  test.each(['none', 'None', 'NONE', 'HS256'])('with the algorithm %s is refused', async (alg) => {
    const { head, body } = parts();
    const header = base64url({ ...decoded(head), alg });
    const keys = await (await fetch(`${process.env['USER_POOL_ISSUER']}/.well-known/jwks.json`)).text();
    const mac = createHmac('sha256', keys).update(`${header}.${body}`).digest('base64url');
    for (const signature of ['', mac, parts().signature])
      expect(await statusWith(`${header}.${body}.${signature}`), signature).toBe(401);
  });

  test('unsigned, or of a customer with another shop written into it, is refused', async () => {
    const { head, body } = parts();
    expect(await statusWith(`${head}.${body}.`)).toBe(401);
    expect(await statusWith(`${head}.${body}`)).toBe(401);
    const [first = '', claims = '', signature = ''] = customer.token.split('.');
    const moved = base64url({ ...decoded(claims), shopId: victim.shopId });
    expect(await statusWith(`${first}.${moved}.${signature}`)).toBe(401);
  });
});

describe('a signed link', () => {
  async function upload() {
    const { id: jobId } = await customer.call(jobs.createJob, {
      body: { title: 'Links', delivery: 'pickup' },
    });
    const content = new Uint8Array(cube().content);
    const made = await customer.call(jobs.createFile, {
      params: { jobId },
      body: { name: 'cube.stl', bytes: content.length },
    });
    return { jobId, content, ...made };
  }
  const posted = (form: { url: string; fields: Record<string, string> }, content: Uint8Array<ArrayBuffer>) =>
    postForm(form, content);

  test('to upload takes no other key, size or field, and nothing after its time', async () => {
    const { upload: form, content } = await upload();
    const stolen = `t/${victim.shopId}/quarantine/job_${ulid().toLowerCase()}/file_${ulid().toLowerCase()}.upload`;
    const changed = (fields: Record<string, string>) => ({ ...form, fields: { ...form.fields, ...fields } });
    expect(await posted(changed({ key: stolen }), content)).toBe(403);
    expect(await posted(changed({ key: `${form.fields['key']}/../x` }), content)).toBe(403);
    expect(await posted(changed({ 'Content-Type': 'text/html' }), content)).toBe(403);
    expect(await posted(changed({ tagging: '<Tagging><TagSet/></Tagging>' }), content)).toBe(403);
    expect(await posted(changed({ 'x-amz-meta-more': 'x' }), content)).toBe(403);
    expect(await posted(form, new Uint8Array(content.length + 1))).toBe(400);
    expect(await posted(form, new Uint8Array(0))).toBe(400);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * 60_000 });
    expect(await posted(form, content)).toBe(403);
  });

  test('to download opens one object, for half an hour, and its credentials open no other', async () => {
    const { jobId, upload: form, content, file } = await upload();
    expect(await posted(form, content)).toBe(204);
    await until('the check', async () =>
      (await jobOf(customer.call, jobId)).files.some(({ state }) => state === 'checked'),
    );
    const { original } = await customer.call(jobs.getFileLinks, { params: { jobId, fileId: file.id } });
    const status = async (url: string) => (await fetch(url)).status;
    expect(await status(original)).toBe(200);
    const altered = (change: (url: URL) => void) => {
      const url = new URL(original);
      change(url);
      return url.toString();
    };
    for (const change of [
      (url: URL) => void (url.pathname = url.pathname.replace(shop.shopId, victim.shopId)),
      (url: URL) => void (url.pathname += '/../../x'),
      (url: URL) => url.searchParams.set('X-Amz-Expires', '604800'),
      (url: URL) => url.searchParams.delete('X-Amz-Security-Token'),
      (url: URL) => url.searchParams.set('response-content-type', 'text/html'),
      (url: URL) => url.searchParams.delete('X-Amz-Signature'),
    ])
      expect(await status(altered(change)), String(change)).toBe(403);
    expect((await fetch(original, { method: 'DELETE' })).status).toBe(403);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 60_000 });
    expect(await status(original)).toBe(403);
  });
});

describe('a webhook', () => {
  const payload = JSON.stringify({ id: `evt_${randomUUID()}`, object: 'event', type: 'ping' });
  const stamped = (secret: string, at: number, body = payload) =>
    `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
  const deliver = async (signature: string | undefined) =>
    (
      await send('/v1/webhooks/stripe', {
        method: 'POST',
        headers: { ...json, ...(signature === undefined ? {} : { 'stripe-signature': signature }) },
        body: payload,
      })
    ).status;

  test('is believed only with a fresh signature of the provider', async () => {
    const { Parameter } = await new SSMClient({}).send(
      new GetParameterCommand({
        Name: process.env['STRIPE_WEBHOOK_SECRET_PARAMETER'] ?? '',
        WithDecryption: true,
      }),
    );
    const secret = Parameter?.Value ?? '';
    const now = Math.floor(Date.now() / 1000);
    for (const bad of [
      undefined,
      '',
      `t=${now},v1=`,
      stamped('whsec_guessed', now),
      stamped(secret, now - 360),
      stamped(secret, now, `${payload} `),
      stamped(secret, now).replace('v1=', 'v0='),
    ])
      expect(await deliver(bad), bad).toBe(401);
    expect(await deliver(stamped(secret, now))).toBe(200);
  });
});

describe('an agent', () => {
  let mine: EnrolledDevice;
  let theirs: EnrolledDevice;
  let machineId: string;

  beforeAll(async () => {
    machineId = (await addPrinter(shop.owner)).id;
    mine = await enrol(kerf.instance, shop.owner, [machineId]);
    theirs = await enrol(kerf.instance, victim.owner, [(await addPrinter(victim.owner)).id]);
  }, 60_000);

  test('hears nothing of another shop or another agent', async () => {
    for (const filter of [
      topics.commands(victim.shopId, theirs.agentId),
      topics.commands(shop.shopId, theirs.agentId),
      `shop/${victim.shopId}/#`,
      `shop/${shop.shopId}/#`,
      `shop/+/agent/${mine.agentId}/commands`,
      topics.staff(shop.shopId),
      '#',
      '$aws/#',
    ]) {
      const client = await connectAs(mine);
      await expect(client.subscribeAsync(filter, { qos: 1 }), filter).rejects.toThrow();
      await client.endAsync(true);
    }
  });

  test.each([
    ['a command to another agent', () => topics.commands(victim.shopId, theirs.agentId)],
    ['a poke to its own shop’s pages', () => topics.staff(shop.shopId)],
    ['a fact in another agent’s name', () => topics.ingest('fact', theirs)],
  ])('that publishes %s loses its connection', async (_, topic) => {
    const client = await connectAs(mine);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.on('error', () => undefined);
    client.publish(topic(), '{}', { qos: 1 });
    await closed;
    await client.endAsync(true);
  });

  test('gets in under no other name, and after it was replaced not at all', async () => {
    for (const clientId of [theirs.agentId, `${mine.agentId}x`, 'web-browser', ''])
      await expect(connectAs(mine, { clientId }), clientId).rejects.toThrow();
    await enrol(kerf.instance, shop.owner, [machineId]);
    await until('the end of its certificate', () =>
      connectAs(mine).then(
        (client) => client.endAsync(true).then(() => false),
        () => true,
      ),
    );
  });
});

describe('through the gateway', () => {
  const asOwner = () => bearer(shop.ownerToken);

  test('an id that exists elsewhere is answered like one that does not, in the same words', async () => {
    const unknown = `job_${ulid().toLowerCase()}`;
    const answers = await Promise.all(
      [victimJobId, unknown].map((id) => send(`/v1/jobs/${id}`, { headers: asOwner() })),
    );
    const bare = answers.map(({ status, text }) => ({
      status,
      text: text.replaceAll(/"requestId":"[^"]*"/g, ''),
    }));
    expect(bare[0]).toEqual(bare[1]);
    expect(bare[0]?.status).toBe(404);
  });

  test.each([
    (id: string) => `/v1/jobs/${id}/../${id}`,
    (id: string) => `/v1//jobs/${id}`,
    (id: string) => `/v1/jobs/${id}/`,
    (id: string) => `/v1/jobs/%2e%2e%2f${id}`,
    (id: string) => `/v1/jobs/${id}%00`,
    (id: string) => `/v1/jobs/${id}%23`,
    (id: string) => `/v1/jobs/${id.toUpperCase()}`,
    (id: string) => `/v1/jobs/${id};a=b`,
    (id: string) => `/v1/jobs/${id}?jobId=${id}&shopId=${id}`,
  ])('a bent path shows no foreign job: %s', async (path) => {
    const { status, text } = await send(path(victimJobId), { headers: asOwner() });
    expect([400, 404]).toContain(status);
    expect(text).not.toContain('Secret');
  });

  test('headers that claim what the authorizer says are not believed', async () => {
    const caller = JSON.stringify({ kind: 'staff', shopId: victim.shopId, role: 'owner' });
    for (const headers of [
      { caller, 'x-caller': caller },
      { 'x-amzn-request-context': JSON.stringify({ authorizer: { lambda: { caller } } }) },
      { 'x-forwarded-for': '10.0.0.1', 'x-original-url': `/v1/jobs/${victimJobId}` },
      { 'x-http-method-override': 'DELETE' },
    ]) {
      const plain = Object.fromEntries(
        Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      expect((await send(`/v1/jobs/${victimJobId}`, { headers: plain })).status).toBe(401);
      expect((await send(`/v1/jobs/${victimJobId}`, { headers: { ...asOwner(), ...plain } })).status).toBe(
        404,
      );
    }
    // Two shops in one header are none of both.
    const both = `${shop.shopId}, ${victim.shopId}`;
    expect((await send('/v1/jobs', { headers: { ...asOwner(), 'kerf-shop': both } })).status).toBe(404);
  });

  test('a body that is too long, too deep, or no object is refused in plain words, and the next call is answered', async () => {
    const post = (body: string) =>
      send('/v1/jobs', {
        method: 'POST',
        headers: { ...bearer(customer.token), ...json, 'idempotency-key': randomUUID() },
        body,
      });
    expect((await post(`{"title":"${'x'.repeat(10 * 1024 * 1024)}"}`)).status).toBe(413);
    const deep = 100_000;
    for (const body of [
      '['.repeat(deep) + ']'.repeat(deep),
      '{"a":'.repeat(deep) + '1' + '}'.repeat(deep),
      `{"title":${'['.repeat(deep)}${']'.repeat(deep)},"delivery":"pickup"}`,
      '{"__proto__":{"shopId":"x"},"constructor":{}}',
      `{"title":"${'x'.repeat(500_000)}","delivery":"pickup"}`,
      '"text"',
      'null',
      '[1,2',
      '\u0000',
    ]) {
      const { status, text } = await post(body);
      expect(status, body.slice(0, 40)).toBe(400);
      expect(text.length).toBeLessThan(2000);
    }
    expect((await send('/v1/jobs', { headers: bearer(customer.token) })).status).toBe(200);
  });
});

describe('too much', () => {
  test('a caller past the allowance waits for the next minute; the neighbour does not', async () => {
    const busy = await signInCustomer(kerf.instance, shop.slug);
    const statuses: number[] = [];
    let refused = '';
    // From the start of a minute, so that none begins in between.
    kerf.cloud.clock.advance(60_000 - (kerf.cloud.clock.now().getTime() % 60_000));
    for (let round = 0; round < (callsPerMinute * 1.2) / 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => send('/v1/portal-session', { headers: bearer(busy.token) })),
      );
      statuses.push(...answers.map(({ status }) => status));
      refused = answers.find(({ status }) => status === 429)?.text ?? refused;
    }
    const taken = statuses.filter((status) => status === 200).length;
    expect(taken).toBeLessThanOrEqual(callsPerMinute);
    expect(taken).toBeGreaterThan(callsPerMinute * 0.9);
    expect(refused).toContain('too_many_requests');
    expect((await send('/v1/portal-session', { headers: bearer(customer.token) })).status).toBe(200);
    kerf.cloud.clock.advance(60_000);
    expect((await send('/v1/portal-session', { headers: bearer(busy.token) })).status).toBe(200);
  }, 120_000);

  test('accounts that anybody can make use up what customers have, never what the staff has', async () => {
    const { leaseCalls } = await import('#lambdas/adapters/dynamo/repositories/call-counts.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const { minuteOf } = await import('#domain/limit/lease.ts');
    const victim = await openShop(kerf.instance, 'Crowded');
    const visitor = await signInCustomer(kerf.instance, victim.slug);
    kerf.cloud.clock.advance(60_000 - (kerf.cloud.clock.now().getTime() % 60_000));
    const minute = minuteOf(kerf.cloud.clock.now().toISOString());
    const all = { size: callsPerMinute * 4, callsPerMinute: callsPerMinute * 4 };
    expect(await leaseCalls(tenant(victim.shopId), 'customer', minute, all)).toBe(true);
    expect((await send('/v1/portal-session', { headers: bearer(visitor.token) })).status).toBe(429);
    const { jobs: none } = await victim.owner(jobs.listJobs, {});
    expect(none).toEqual([]);
  });

  test('whatever serves calls at the same moment, all of it together leases no more than the allowance', async () => {
    const { leaseCalls } = await import('#lambdas/adapters/dynamo/repositories/call-counts.ts');
    const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
    const { leaseSize } = await import('#domain/limit/lease.ts');
    const allowance = { size: leaseSize(300), callsPerMinute: 300 };
    const leases = (minute: number) =>
      Promise.all(
        Array.from({ length: 50 }, () => leaseCalls(tenant(shop.shopId), 'somebody', minute, allowance)),
      );
    for (const minute of [1, 2]) expect((await leases(minute)).filter(Boolean)).toHaveLength(20);
  });

  test('a customer begins twenty requests and not one more until one of them is gone', async () => {
    const eager = await signInCustomer(kerf.instance, shop.slug);
    const begin = () => eager.call(jobs.createJob, { body: { title: 'Again', delivery: 'pickup' } });
    let last = await begin();
    for (let count = 1; count < 20; count += 1) last = await begin();
    await expect(begin()).rejects.toMatchObject({ status: 409, problem: { code: 'not_allowed_now' } });
    await eager.call(jobs.cancelJob, { params: { jobId: last.id }, body: { reason: 'too many' } });
    const serial = ({ number }: typeof last) => Number(number.slice(2));
    expect(serial(await begin()), 'a refusal uses up no number').toBe(serial(last) + 1);
  }, 60_000);

  test('a person opens ten shops and not one more', async () => {
    const token = await signUpPerson(kerf.instance, `many-${randomUUID()}@shop.example`, 'Many');
    const person = callerOf(kerf.instance, { kind: 'staff', token });
    const open = (name: string) =>
      person(createShop, { body: { name, currency: 'USD', timeZone: 'Europe/Berlin' } });
    for (let count = 0; count < 10; count += 1) await open(`Shop ${count}`);
    await expect(open('One more')).rejects.toMatchObject({ status: 409 });
  }, 60_000);
});

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiVersion, formOf, stripeClient, type StripeClient } from './client.ts';
import { isSigned } from './signature.ts';

interface Asked {
  headers: IncomingHttpHeaders;
  line: string;
  body: string;
}
interface Answer {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

let server: Server;
let asked: Asked[];
let answers: (Answer | 'hang up')[];
let client: StripeClient;

beforeEach(async () => {
  [asked, answers] = [[], []];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      asked.push({ headers, line: `${method} ${url}`, body: Buffer.concat(chunks).toString() });
      const answer = answers.shift() ?? { status: 200, body: { id: 'cus_1' } };
      if (answer === 'hang up') return request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  client = stripeClient('sk_test_1', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const charge = {
  amount: 500,
  metadata: { a: 'ü & b', b: undefined },
  line_items: [{ quantity: 2, on: true }],
};

test("a form says what Stripe's own SDK would say", async () => {
  const { port } = server.address() as AddressInfo;
  const sdk = new Stripe('sk_test_1', { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
  await sdk.paymentIntents.create(charge as never, { stripeAccount: 'acct_1', idempotencyKey: 'k' });
  await client.post(['payment_intents'], charge, { account: 'acct_1', key: 'k' });
  const [theirs, ours] = asked;
  expect(ours?.line).toBe(theirs?.line);
  const pairs = (body = '') => [...new URLSearchParams(body)].sort();
  expect(pairs(ours?.body)).toEqual(pairs(theirs?.body));
  for (const name of ['authorization', 'stripe-version', 'stripe-account', 'idempotency-key', 'content-type'])
    expect(ours?.headers[name]?.toString().split(';')[0], name).toBe(theirs?.headers[name]);
});

test('the version is the one that the types describe', () => {
  expect(apiVersion).toBe(Stripe.API_VERSION);
});

test('what is undefined is not sent', () => {
  expect(formOf({ a: undefined, b: { c: undefined } }).toString()).toBe('');
});

test.each<[string, Answer | 'hang up']>([
  ['a connection that breaks', 'hang up'],
  ['a failure of its own', { status: 503 }],
  ['a lock', { status: 409 }],
  ['advice to repeat', { status: 402, headers: { 'stripe-should-retry': 'true' } }],
])('%s is tried again under the same key', async (_, trouble) => {
  answers.push(trouble);
  expect(await client.post(['customers'], {}, {})).toEqual({ id: 'cus_1' });
  const keys = asked.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

test('a failure that stays is told after three tries; one that Stripe advises not to repeat at once', async () => {
  answers.push({ status: 500 }, { status: 500 }, { status: 500, body: { error: { message: 'down' } } });
  await expect(client.get(['customers', '1'], {})).rejects.toMatchObject({ status: 500, message: 'down' });
  expect(asked).toHaveLength(3);
  answers.push({ status: 500, headers: { 'stripe-should-retry': 'false' } });
  await expect(client.get(['customers', '1'], {})).rejects.toMatchObject({ status: 500 });
  expect(asked).toHaveLength(4);
});

test('a refusal tells a card from a request that can not be, and neither is repeated', async () => {
  const declined = { type: 'card_error', code: 'card_declined', payment_intent: { id: 'pi_1' } };
  answers.push(
    { status: 402, body: { error: declined } },
    { status: 404, body: { error: { type: 'invalid_request_error' } } },
    { status: 403, body: { error: { type: 'invalid_request_error' } } },
    {
      status: 409,
      headers: { 'stripe-should-retry': 'false' },
      body: { error: { type: 'invalid_request_error' } },
    },
  );
  const card = {
    type: 'card_error',
    code: 'card_declined',
    paymentIntentId: 'pi_1',
    isInvalidRequest: false,
  };
  await expect(client.post(['payment_intents'], {}, {})).rejects.toMatchObject(card);
  await expect(client.get(['customers', '1'], {})).rejects.toMatchObject({ isInvalidRequest: true });
  await expect(client.get(['customers', '1'], {})).rejects.toMatchObject({ isInvalidRequest: false });
  await expect(client.post(['refunds'], {}, {})).rejects.toMatchObject({ isInvalidRequest: false });
  expect(asked).toHaveLength(4);
});

test('a list is read to its end, page by page, as the SDK asks for its pages', async () => {
  answers.push(
    { status: 200, body: { data: [{ id: 'pi_3' }, { id: 'pi_2' }], has_more: true } },
    { status: 200, body: { data: [{ id: 'pi_1' }], has_more: false } },
  );
  const listed: string[] = [];
  const query = { customer: 'cus_1', created: { gte: 5 } };
  for await (const { id } of client.list<{ id: string }>(['payment_intents'], query, { account: 'acct_1' }))
    listed.push(id);
  expect(listed).toEqual(['pi_3', 'pi_2', 'pi_1']);
  expect(asked.map(({ headers }) => headers['stripe-account'])).toEqual(['acct_1', 'acct_1']);
  const asks = asked.map(({ line }) => decodeURIComponent(line));
  expect(asks).toEqual([
    'GET /v1/payment_intents?customer=cus_1&created[gte]=5&limit=100',
    'GET /v1/payment_intents?customer=cus_1&created[gte]=5&limit=100&starting_after=pi_2',
  ]);
});

const body = '{"id":"evt_1"}';
const now = 1_800_000_000;
const header = (secret: string, timestamp = now) =>
  Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });

test("a notice signed as Stripe signs holds, also beside another secret's signature", () => {
  expect(isSigned(body, header('whsec_1'), 'whsec_1', now)).toBe(true);
  const both = `${header('whsec_old')},${header('whsec_1').split(',')[1]}`;
  expect(isSigned(body, both, 'whsec_1', now + 299)).toBe(true);
});

test.each([
  ['of another secret', header('whsec_2')],
  ['of another body', header('whsec_1').replace(/v1=.{4}/, 'v1=0000')],
  ['too old', header('whsec_1', now - 301)],
  ['of an older scheme alone', header('whsec_1').replace('v1=', 'v0=')],
  ['cut short', header('whsec_1').slice(0, -2)],
  ['without a time', header('whsec_1').replace(/^t=\d+,/, '')],
  ['empty', ''],
])('a signature that is %s does not hold', (_, given) => {
  expect(isSigned(body, given, 'whsec_1', now)).toBe(false);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { movableClock } from '../engine/clock.ts';
import type { MovableClock } from '../engine/clock.ts';
import { openStore } from '../engine/store.ts';
import type { Store } from '../engine/store.ts';
import { startStripe } from './server.ts';
import type { RunningStripe } from './server.ts';

const SECRET_KEY = 'sk_test_kerf';
const GOOD = '4242424242424242';

interface Received {
  payload: string;
  signature: string;
}

let store: Store;
let clock: MovableClock;
let simulator: RunningStripe;
let stripe: Stripe;
let received: Received[];
let answerWith: number;
let hookUrl: string;
let closeHook: () => void;

const clientOf = (port: number, key = SECRET_KEY) =>
  new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });

beforeEach(async () => {
  [received, answerWith] = [[], 200];
  store = openStore(mkdtempSync(join(tmpdir(), 'kerf-stripe-')));
  clock = movableClock(store);
  simulator = await startStripe({ port: 0, store, clock, secretKey: SECRET_KEY });
  stripe = clientOf(simulator.port);
  const hook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        payload: Buffer.concat(chunks).toString(),
        signature: request.headers['stripe-signature']?.toString() ?? '',
      });
      response.writeHead(answerWith).end();
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  hookUrl = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
  closeHook = () => void hook.close();
});

afterEach(async () => {
  await simulator.close();
  closeHook();
});

const order = (
  extra: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  line_items: [
    {
      quantity: 2,
      price_data: { currency: 'eur', unit_amount: 1250, product_data: { name: 'Bracket <M4>' } },
    },
  ],
  payment_intent_data: { metadata: { invoiceId: 'inv_1' } },
  success_url: 'https://shop.example.test/paid?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example.test/back',
  client_reference_id: 'inv_1',
  metadata: { invoiceId: 'inv_1' },
  ...extra,
});
const sim = async (path: string, body?: object) => {
  const response = await fetch(
    `${simulator.url}/_sim/${path}`,
    body ? { method: 'POST', body: JSON.stringify(body) } : {},
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const pay = (sessionId: string, card = GOOD) => sim(`checkout/${sessionId}/pay`, { card });
const charges = async () =>
  (await sim('charges')).body['charges'] as { id: string; amount: number; amount_refunded: number }[];
const listen = (connect = false, enabled_events: string[] = ['*']) =>
  stripe.webhookEndpoints.create({
    url: hookUrl,
    connect,
    enabled_events: enabled_events as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
  });
const eventsReceived = () => received.map(({ payload }) => JSON.parse(payload) as Stripe.Event);
const arrived = (count: number) =>
  vi.waitFor(() => expect(received.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 20 });

describe('the API, called by the stripe package', () => {
  test('an order is created, paid and refunded to the cent', async () => {
    const customer = await stripe.customers.create({
      email: 'ada@example.test',
      metadata: { shopId: 'shop_a' },
    });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({
      email: 'ada@example.test',
      metadata: { shopId: 'shop_a' },
    });
    const session = await stripe.checkout.sessions.create(order({ customer: customer.id }));
    expect(session).toMatchObject({
      amount_total: 2500,
      currency: 'eur',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
    });
    expect((await pay(session.id)).status).toBe(200);
    const paid = await stripe.checkout.sessions.retrieve(session.id);
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', client_reference_id: 'inv_1' });
    const intent = await stripe.paymentIntents.retrieve(paid.payment_intent as string);
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 2500,
      metadata: { invoiceId: 'inv_1' },
    });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 1000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1501 })).rejects.toThrow(
      /greater than unrefunded/,
    );
    await stripe.refunds.create({ payment_intent: intent.id });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect(await charges()).toMatchObject([{ amount: 2500, amount_refunded: 2500 }]);
  });

  test('lists show the newest first, page by page, of one customer, payment and account only, from a time on', async () => {
    const { id: account } = await stripe.accounts.create({ type: 'standard' });
    const [ada, bob] = [await stripe.customers.create({}), await stripe.customers.create({})];
    const paidBy = async (customer: string, options?: Stripe.RequestOptions) => {
      const { id } = await stripe.checkout.sessions.create(order({ customer }), options);
      await pay(id);
      const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(id, {}, options);
      return intent as string;
    };
    const first = await paidBy(ada.id);
    await paidBy(bob.id);
    const abroad = await stripe.customers.create({}, { stripeAccount: account });
    await paidBy(abroad.id, { stripeAccount: account });
    clock.advance(3600_000);
    const second = await paidBy(ada.id);
    const idsOf = (list: { data: { id: string }[] }) => list.data.map(({ id }) => id);
    expect(idsOf(await stripe.paymentIntents.list({ customer: ada.id }))).toEqual([second, first]);
    const page = await stripe.paymentIntents.list({ customer: ada.id, limit: 1 });
    expect([idsOf(page), page.has_more]).toEqual([[second], true]);
    const rest = await stripe.paymentIntents.list({ customer: ada.id, starting_after: second });
    expect([idsOf(rest), rest.has_more]).toEqual([[first], false]);
    const { created } = await stripe.paymentIntents.retrieve(second);
    expect(idsOf(await stripe.paymentIntents.list({ customer: ada.id, created: { gte: created } }))).toEqual([
      second,
    ]);
    await expect(stripe.paymentIntents.list({ payment_intent: first } as never)).rejects.toMatchObject({
      code: 'parameter_unknown',
    });
    await stripe.refunds.create({ payment_intent: second, amount: 1 });
    const { id } = await stripe.refunds.create({ payment_intent: first, amount: 1 });
    expect(idsOf(await stripe.refunds.list({ payment_intent: first }))).toEqual([id]);
    expect(idsOf(await stripe.refunds.list({}, { stripeAccount: account }))).toEqual([]);
  });

  test('a refund may take days; one that failed leaves its money to be refunded, for good', async () => {
    const { id: session } = await stripe.checkout.sessions.create(order());
    await pay(session);
    const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(session);
    const payment_intent = intent as string;
    await sim('refunds/next', { behaviour: 'pending' });
    const refund = await stripe.refunds.create({ payment_intent });
    expect(refund).toMatchObject({ status: 'pending', amount: 2500 });
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await sim(`refunds/${refund.id}/end`, { status: 'failed' })).status).toBe(200);
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
      status: 'failed',
      failure_reason: 'lost_or_stolen_card',
    });
    expect(await charges()).toMatchObject([{ amount_refunded: 0 }]);
    expect((await sim(`refunds/${refund.id}/end`, { status: 'succeeded' })).status).toBe(400);
    expect((await stripe.refunds.create({ payment_intent })).status).toBe('succeeded');
  });

  test('a session is paid once', async () => {
    const session = await stripe.checkout.sessions.create(order());
    await Promise.all([pay(session.id), pay(session.id), pay(session.id)]);
    expect(await charges()).toHaveLength(1);
  });

  test('a session expires by command or by time, and is not paid after', async () => {
    const [one, two] = [
      await stripe.checkout.sessions.create(order()),
      await stripe.checkout.sessions.create(order()),
    ];
    expect((await stripe.checkout.sessions.expire(one.id)).status).toBe('expired');
    await expect(stripe.checkout.sessions.expire(one.id)).rejects.toThrow(/can be expired/);
    clock.advance(24 * 3600_000 + 1000);
    expect((await stripe.checkout.sessions.retrieve(two.id)).status).toBe('expired');
    expect((await pay(two.id)).body).toEqual({ outcome: 'closed', status: 'expired' });
    expect(await charges()).toEqual([]);
  });

  test('a direct charge lives on the connected account only', async () => {
    const account = await stripe.accounts.create({ type: 'standard', email: 'shop@example.test' });
    expect((await stripe.accounts.retrieve(account.id)).charges_enabled).toBe(true);
    const session = await stripe.checkout.sessions.create(order(), { stripeAccount: account.id });
    await pay(session.id);
    const paid = await stripe.checkout.sessions.retrieve(session.id, {}, { stripeAccount: account.id });
    expect(paid.payment_status).toBe('paid');
    await expect(stripe.checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    });
    await expect(stripe.paymentIntents.retrieve(paid.payment_intent as string)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(stripe.checkout.sessions.create(order(), { stripeAccount: 'acct_nobody' })).rejects.toThrow(
      Stripe.errors.StripePermissionError,
    );
  });

  test('a wrong key is a 401 with a request id', async () => {
    const refused = clientOf(simulator.port, 'sk_test_other').customers.create({});
    await expect(refused).rejects.toThrow(Stripe.errors.StripeAuthenticationError);
    await expect(refused).rejects.toMatchObject({
      statusCode: 401,
      requestId: expect.stringMatching(/^req_/) as string,
    });
  });

  test('a repeated idempotency key answers the same, and refuses another body', async () => {
    const key = { idempotencyKey: crypto.randomUUID() };
    const first = await stripe.checkout.sessions.create(order(), key);
    expect((await stripe.checkout.sessions.create(order(), key)).id).toBe(first.id);
    const other = stripe.checkout.sessions.create(order({ client_reference_id: 'inv_2' }), key);
    await expect(other).rejects.toThrow(Stripe.errors.StripeIdempotencyError);
    await expect(other).rejects.toMatchObject({ statusCode: 400, rawType: 'idempotency_error' });
  });

  test.each([
    [
      'an amount below the minimum',
      { line_items: [{ price_data: { currency: 'eur', unit_amount: 49, product_data: { name: 'x' } } }] },
      'amount_too_small',
    ],
    ['an unknown parameter', { nonsense: 1 }, 'parameter_unknown'],
    ['an unknown customer', { customer: 'cus_nobody' }, 'resource_missing'],
    [
      'a fraction of a cent',
      { line_items: [{ price_data: { currency: 'eur', unit_amount: 99.5, product_data: { name: 'x' } } }] },
      'parameter_invalid',
    ],
  ])('%s is refused', async (_name, extra, code) => {
    const refused = stripe.checkout.sessions.create(
      order(extra as Partial<Stripe.Checkout.SessionCreateParams>),
    );
    await expect(refused).rejects.toThrow(Stripe.errors.StripeInvalidRequestError);
    await expect(refused).rejects.toMatchObject({ code });
  });
});

describe('a bank debit', () => {
  const all = [
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.async_payment_failed',
  ];
  const statusOf = async (id: string) => (await stripe.checkout.sessions.retrieve(id)).payment_status;

  test('ends its page unpaid and pays a day later', async () => {
    await listen(false, all);
    const session = await stripe.checkout.sessions.create(order());
    expect((await pay(session.id, 'AT61 1904 3002 3457 3201')).status).toBe(200);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
    });
    expect(await charges()).toEqual([]);
    clock.advance(24 * 3600_000 + 1000);
    expect(await statusOf(session.id)).toBe('paid');
    await arrived(2);
    expect(eventsReceived().map(({ type }) => type)).toEqual(all.slice(0, 2));
    expect(await charges()).toHaveLength(1);
    expect((await sim(`checkout/${session.id}/end-debit`, {})).status).toBe(404);
  });

  test('that the bank refuses takes no money and says so', async () => {
    await listen(false, all);
    const session = await stripe.checkout.sessions.create(order());
    await pay(session.id, 'AT861904300235473202');
    expect((await sim(`checkout/${session.id}/end-debit`, {})).status).toBe(200);
    await arrived(2);
    expect(eventsReceived().map(({ type }) => type)).toEqual([all[0], all[2]]);
    expect(await statusOf(session.id)).toBe('unpaid');
    expect(await charges()).toEqual([]);
  });
});

describe('the checkout page', () => {
  const submit = (path: string, fields: Record<string, string>) =>
    fetch(`${simulator.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });

  test('shows what is paid for, escaped, and returns to the shop with the session', async () => {
    const session = await stripe.checkout.sessions.create(order());
    const html = await (await fetch(session.url as string)).text();
    expect(html).toContain('€25.00');
    expect(html).toContain('Bracket &lt;M4&gt;');
    const paid = await submit(`/checkout/${session.id}`, { card: '4242 4242 4242 4242' });
    expect([paid.status, paid.headers.get('location')]).toEqual([
      303,
      `https://shop.example.test/paid?session=${session.id}`,
    ]);
    expect(await (await fetch(`${simulator.url}/checkout/${session.id}`)).text()).toContain(
      'This payment is complete',
    );
  });

  test('tells of a declined card and lets another be tried', async () => {
    const session = await stripe.checkout.sessions.create(order());
    const declined = await submit(`/checkout/${session.id}`, { card: '4000 0000 0000 0002' });
    expect(declined.status).toBe(402);
    expect(await declined.text()).toContain('Your card was declined.');
    expect(await charges()).toEqual([]);
    expect((await submit(`/checkout/${session.id}`, { card: GOOD })).status).toBe(303);
    expect(await charges()).toHaveLength(1);
  });

  test('takes no money before 3-D Secure was passed', async () => {
    const session = await stripe.checkout.sessions.create(order());
    const card = { card: '4000 0025 0000 3155' };
    expect((await submit(`/checkout/${session.id}`, card)).headers.get('location')).toBe(
      `/checkout/${session.id}/3ds`,
    );
    expect((await submit(`/checkout/${session.id}/3ds`, { outcome: 'fail' })).status).toBe(402);
    expect(await charges()).toEqual([]);
    await submit(`/checkout/${session.id}`, card);
    expect((await submit(`/checkout/${session.id}/3ds`, { outcome: 'complete' })).status).toBe(303);
    expect(await charges()).toHaveLength(1);
  });

  test('does not know a session nobody made', async () => {
    expect((await fetch(`${simulator.url}/checkout/cs_test_nobody`)).status).toBe(404);
  });
});

describe('webhooks', () => {
  const payOne = async (options: Stripe.RequestOptions = {}) => {
    const session = await stripe.checkout.sessions.create(order(), options);
    await pay(session.id);
    return session;
  };

  test('are signed as Stripe signs; a forged body or secret does not verify', async () => {
    const { secret = '' } = await listen(false, ['checkout.session.completed']);
    const session = await payOne();
    await arrived(1);
    const { payload, signature } = received[0] as Received;
    const event = stripe.webhooks.constructEvent(payload, signature, secret);
    expect(event).toMatchObject({
      type: 'checkout.session.completed',
      data: { object: { id: session.id, payment_status: 'paid' } },
    });
    expect(() => stripe.webhooks.constructEvent(payload.replace('2500', '1'), signature, secret)).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
    expect(() => stripe.webhooks.constructEvent(payload, signature, 'whsec_other')).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
    expect((await stripe.events.retrieve(event.id)).id).toBe(event.id);
  });

  test("the platform's own endpoint is made once and keeps its secret", async () => {
    const secret = simulator.webhookSecret(hookUrl, false);
    expect(simulator.webhookSecret(hookUrl, false)).toBe(secret);
    expect(simulator.webhookSecret(hookUrl, true)).not.toBe(secret);
    await payOne();
    await arrived(4);
    const types = received.map(
      ({ payload, signature }) => stripe.webhooks.constructEvent(payload, signature, secret).type,
    );
    expect(types.toSorted()).toEqual([
      'charge.succeeded',
      'checkout.session.completed',
      'payment_intent.created',
      'payment_intent.succeeded',
    ]);
  });

  test('a connect endpoint hears connected accounts only, each event naming its account', async () => {
    await listen(true, ['payment_intent.succeeded']);
    const account = await stripe.accounts.create({});
    await payOne();
    await payOne({ stripeAccount: account.id });
    await arrived(1);
    expect(eventsReceived().map((event) => event.account)).toEqual([account.id]);
  });

  test('are repeated until they are taken', async () => {
    await listen(false, ['charge.succeeded']);
    answerWith = 500;
    await payOne();
    await arrived(1);
    answerWith = 200;
    await arrived(2);
    expect(new Set(eventsReceived().map((event) => event.id)).size).toBe(1);
  });

  test('come twice, backwards, unsigned or not at all on demand', async () => {
    const types = ['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed'];
    await listen(false, types);
    const inMode = async (mode: string, count: number) => {
      received.length = 0;
      await sim('webhooks', { mode });
      await payOne();
      await arrived(count);
      return eventsReceived();
    };
    const twice = await inMode('duplicate', 6);
    expect(new Set(twice.map((event) => event.id)).size).toBe(3);
    expect((await inMode('out-of-order', 3)).map((event) => event.type)).toEqual(types.toReversed());
    await inMode('unsigned', 3);
    expect(received.map((each) => each.signature)).toEqual(['', '', '']);
    expect(await inMode('held', 0)).toEqual([]);
    const { events } = (await sim('events')).body as {
      events: { id: string; deliveries: { state: string }[] }[];
    };
    const held = events.find((event) => event.deliveries[0]?.state === 'held');
    expect((await sim(`deliver/${held?.id}`, {})).body).toEqual({
      deliveries: [{ url: hookUrl, status: 200 }],
    });
    expect(received).toHaveLength(1);
    await sim('webhooks', { mode: 'normal' });
    await arrived(4);
  });
});

test('sessions, charges and webhooks not yet taken survive a kill -9', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kerf-stripe-kill-'));
  const modules = ['../engine/store.ts', '../engine/clock.ts', './server.ts'].map(
    (path) => `import(${JSON.stringify(import.meta.resolve(path))})`,
  );
  const script = `const [{ openStore }, { movableClock }, { startStripe }] = await Promise.all([${modules.join(',')}]);
    const store = openStore(process.argv[1]);
    const { port } = await startStripe({ port: 0, store, clock: movableClock(store), secretKey: '${SECRET_KEY}' });
    console.log(port);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(String(line));
  const doomed = clientOf(port);
  answerWith = 503;
  await doomed.webhookEndpoints.create({ url: hookUrl, enabled_events: ['checkout.session.completed'] });
  const session = await doomed.checkout.sessions.create(order());
  await fetch(`http://127.0.0.1:${port}/_sim/checkout/${session.id}/pay`, { method: 'POST', body: '{}' });
  const dead = once(child, 'exit');
  child.kill('SIGKILL');
  await dead;

  [received, answerWith] = [[], 200];
  const reopened = openStore(dir);
  const revived = await startStripe({
    port: 0,
    store: reopened,
    clock: movableClock(reopened),
    secretKey: SECRET_KEY,
  });
  try {
    expect((await clientOf(revived.port).checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
    await arrived(1);
    expect(eventsReceived()[0]).toMatchObject({
      type: 'checkout.session.completed',
      data: { object: { id: session.id } },
    });
  } finally {
    await revived.close();
  }
});

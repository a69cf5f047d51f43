import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCheckout } from '#contract/routes/billing.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import * as money from '#contract/routes/money.ts';
import { getShop } from '#contract/routes/shops.ts';
import { listTemplates, replaceTemplate } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import type { AccountView } from '#contract/routes/money.ts';
import type { StoredMethod } from '#lambdas/adapters/dynamo/repositories/online-payments.ts';
import type { StripeClient } from '#lambdas/adapters/stripe/client.ts';
import type { Tenant } from '#lambdas/adapters/dynamo/tenant.ts';
import { payAtCheckout } from '../../scripts/walk/checkout.ts';
import { until } from '../../scripts/walk/instance.ts';
import { minutes, startKerf, type Kerf } from './support/kerf.ts';
import { oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';

/** Money whose end is heard late, or never: more than a day after it moved the provider has forgotten our keys. */
let kerf: Kerf;
let bench: Lifecycle;
let t: Tenant;
/** As the shop's own programs call the provider. */
let stripe: StripeClient;
let stored: StoredMethod & { method: NonNullable<StoredMethod['method']> };

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'custom', 'Late Bench');
  const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const { stripeClient } = await import('#lambdas/adapters/stripe/client.ts');
  t = tenant((await owner()(getShop, {})).id);
  const { Parameter } = await new SSMClient({}).send(
    new GetParameterCommand({
      Name: process.env['STRIPE_SECRET_PARAMETER'] ?? '',
      WithDecryption: true,
    }),
  );
  stripe = stripeClient(Parameter?.Value ?? '', `http://127.0.0.1:${kerf.cloud.ports.payments}`);
  stored = await keptCard();
}, 200_000);
afterAll(() => kerf?.stop());

const owner = () => bench.shop.owner;
const customer = () => bench.customer.call;
const params = ({ id }: Pick<JobView, 'id'>) => ({ params: { jobId: id } });
const untilAccount = (job: JobView, what: string, is: (account: AccountView) => boolean) =>
  until(what, async () => {
    const account = await owner()(money.getAccount, params(job));
    return is(account) && account;
  });
const offered = async (): Promise<JobView> =>
  owner()(jobs.sendQuote, { ...params(await bench.piece()), body: { lines: oneRing } });

async function invoicedPiece(
  quoted?: JobView,
): Promise<{ job: JobView; invoiceId: string; totalMinor: number }> {
  const job = quoted ?? (await offered());
  await bench.approve(job);
  await owner()(lifecycle.markReady, { ...params(job), body: {} });
  const invoice = await bench.invoice(job);
  return { job, invoiceId: invoice.id, totalMinor: invoice.totalMinor };
}

const simulator = async (path: string, body: object) => {
  const response = await fetch(`http://127.0.0.1:${kerf.cloud.ports.payments}/_sim/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(200);
};
const aDayLater = () => kerf.cloud.clock.advance(25 * 3_600_000);

async function keptCard(): Promise<typeof stored> {
  const { findStoredMethod } = await import('#lambdas/adapters/dynamo/repositories/online-payments.ts');
  const { invoiceId, job } = await invoicedPiece();
  const { url } = await customer()(openCheckout, {
    params: { invoiceId },
    body: { returnPath: '/', keepMethod: true },
  });
  await payAtCheckout(url);
  return until('the kept card', async () => {
    const row = await findStoredMethod(t, job.customer.customerId);
    return row?.method && { ...row, method: row.method };
  });
}

describe('a charge whose end nobody heard', () => {
  const charge = (job: JobView, amountMinor: number) =>
    customer()(money.chargeStoredMethod, { ...params(job), body: { amountMinor } });
  const open = (invoiceId: string) =>
    customer()(openCheckout, { params: { invoiceId }, body: { returnPath: '/' } });
  const chargesMade = async () => {
    const made: Stripe.PaymentIntent[] = [];
    const query = { customer: stored.providerCustomerId };
    const { account } = stored;
    for await (const each of stripe.list<Stripe.PaymentIntent>(['payment_intents'], query, { account }))
      made.push(each);
    return made.length;
  };
  /** As a function leaves the row that dies after its claim. */
  const claimed = (target: string, amountMinor: number, at?: string) =>
    t.entities.paymentTry
      .put({
        target,
        number: 1,
        ...(at === undefined ? {} : { at }),
        account: stored.account,
        label: 'Late',
        amountMinor,
        charge: { methodId: stored.method.id, customerId: stored.providerCustomerId },
      })
      .go();
  const now = () => kerf.cloud.clock.now().toISOString();

  test('and that the books know by the provider’s notice is never made again, not a day later either, by opening the page of the rest', async () => {
    const { version = 0 } =
      (await owner()(listTemplates, {})).templates.find(({ name }) => name === 'custom') ?? {};
    const own = { deposit: { kind: 'percent' as const, percent: 30 } };
    await owner()(replaceTemplate, { params: { name: 'custom' }, body: own, ifMatch: version });
    const job = await offered();
    const deposit = job.quote?.depositMinor ?? 0;
    expect(await charge(job, deposit)).toMatchObject({ outcome: 'paid' });
    const { outcome: _, ...unheard } = (await t.entities.paymentTry.get({ target: job.id }).go()).data ?? {};
    await t.entities.paymentTry.put(unheard as Parameters<typeof t.entities.paymentTry.put>[0]).go();
    const { invoiceId, totalMinor } = await invoicedPiece(job);
    await owner()(replaceTemplate, { params: { name: 'custom' }, body: {}, ifMatch: version + 1 });
    const before = await chargesMade();
    aDayLater();
    await open(invoiceId);
    expect(await chargesMade()).toBe(before);
    expect(await charge(job, totalMinor - deposit)).toMatchObject({ outcome: 'paid' });
    const account = await untilAccount(job, 'the rest', ({ payment }) => payment === 'paid');
    expect(account).toMatchObject({ receivedMinor: totalMinor, spareMinor: 0 });
  });

  test('and that was never made is not made by opening a page; once it can be made no more, what is owed now is charged, not what was', async () => {
    const { job, invoiceId, totalMinor } = await invoicedPiece();
    await claimed(invoiceId, 100, now());
    const before = await chargesMade();
    await refusal('not_allowed_now', open(invoiceId));
    await refusal('not_allowed_now', charge(job, totalMinor));
    expect(await chargesMade()).toBe(before);
    kerf.cloud.clock.advance(minutes(6));
    expect(await charge(job, totalMinor)).toMatchObject({ outcome: 'paid', amountMinor: totalMinor });
    expect(await chargesMade()).toBe(before + 1);
    expect(await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid')).toMatchObject({
      receivedMinor: totalMinor,
    });
  });

  test('and that was made is the answer to the next call, though the row tells neither when nor the intent for which try', async () => {
    const { job, invoiceId, totalMinor } = await invoicedPiece();
    await simulator('webhooks', { mode: 'held' });
    await stripe.post(
      ['payment_intents'],
      {
        amount: totalMinor,
        currency: 'usd',
        customer: stored.providerCustomerId,
        payment_method: stored.method.id,
        off_session: true,
        confirm: true,
        metadata: { kerf_for: invoiceId },
      },
      { account: stored.account },
    );
    await claimed(invoiceId, totalMinor);
    const before = await chargesMade();
    expect(await charge(job, totalMinor)).toMatchObject({ outcome: 'paid', amountMinor: totalMinor });
    expect(await chargesMade()).toBe(before);
    await simulator('webhooks', { mode: 'normal' });
    await kerf.cloud.settled();
    const account = await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    expect(account).toMatchObject({ receivedMinor: totalMinor, spareMinor: 0 });
  });
});

describe('a refund', () => {
  const atProvider = async (providerId: string) => {
    const made: Stripe.Refund[] = [];
    const query = { payment_intent: providerId };
    for await (const each of stripe.list<Stripe.Refund>(['refunds'], query, { account: stored.account }))
      made.push(each);
    return made;
  };
  const paidPiece = async () => {
    const { job } = await invoicedPiece();
    await payAtCheckout((await customer()(money.openJobCheckout, { ...params(job), body: {} })).url);
    const { payments } = await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    const [{ id: paymentId, providerId = '', amountMinor } = { id: '', amountMinor: 0 }] = payments;
    return { job, paymentId, providerId, amountMinor };
  };
  const rowOf = async (job: JobView) => (await t.entities.refund.query.ofJob({ jobId: job.id }).go()).data[0];
  type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;
  /** The row as it was before some of it was known. */
  const forget = async (job: JobView, change: (row: Row) => Row) => {
    const row = await rowOf(job);
    if (row) await t.entities.refund.put(change(row)).go();
  };
  const told = async (job: JobView) =>
    (await owner()(jobs.listJobEvents, params(job))).events.filter(({ type }) => type.startsWith('refund.'));
  const askedAgain = async (job: JobView) => {
    const [event] = await told(job);
    const actor = { kind: 'system', name: 'test' };
    const { customerId } = job.customer;
    const detail = { ...event, eventId: event?.id, shopId: t.shopId, customerId, actor };
    await kerf.cloud.host.invoke('return-money', { detail });
  };

  test('that its bank takes days for is one, asked again after a day however much of it the books have heard, and ends as the bank says', async () => {
    const { job, paymentId, providerId, amountMinor } = await paidPiece();
    await simulator('refunds/next', { behaviour: 'pending' });
    await owner()(money.refundPayment, {
      params: { jobId: job.id, paymentId },
      body: { by: 'provider', amountMinor: 500, reason: 'scratched' },
    });
    const pending = await until('the answer', async () => {
      const row = await rowOf(job);
      return row?.providerId !== undefined && row;
    });
    const [made] = await atProvider(providerId);
    expect(pending).toMatchObject({ state: 'pending', providerId: made?.id });
    aDayLater();
    await askedAgain(job);
    await forget(job, ({ providerId: _, ...row }) => row);
    await askedAgain(job);
    expect(await atProvider(providerId)).toHaveLength(1);
    expect(await rowOf(job)).toMatchObject({ state: 'pending', providerId: made?.id });
    expect((await told(job)).map(({ type }) => type)).toEqual(['refund.asked']);

    // As books from before have it: asked again, the provider had refused what it had taken already.
    await forget(job, ({ providerId: _, ...row }) => ({
      ...row,
      state: 'failed',
      failure: 'already refunded',
    }));
    await simulator(`refunds/${made?.id}/end`, { status: 'succeeded' });
    const account = await untilAccount(job, 'the end', ({ refunds }) => refunds[0]?.state === 'settled');
    expect(account).toMatchObject({ refundedMinor: 500, owedMinor: 0 });
    expect(account.refunds[0]?.failure).toBeUndefined();
    expect(account.payments[0]?.refundableMinor).toBe(amountMinor - 500);
    expect((await told(job)).map(({ type }) => type)).toEqual(['refund.asked', 'refund.settled']);
  });

  test('that was made at the provider itself and sent back by the bank has failed: its money is the shop’s again, and owed by nobody', async () => {
    const { job, providerId, amountMinor } = await paidPiece();
    const { account } = stored;
    const refund = { payment_intent: providerId, amount: 300 };
    const { id } = await stripe.post<Stripe.Refund>(['refunds'], refund, { account });
    await untilAccount(job, 'the refund', ({ refundedMinor }) => refundedMinor === 300);
    await simulator(`refunds/${id}/end`, { status: 'failed' });
    const after = await untilAccount(job, 'the failure', ({ refundedMinor }) => refundedMinor === 0);
    expect(after).toMatchObject({ payment: 'paid', owedMinor: 0, receivedMinor: amountMinor });
    expect(after.refunds).toMatchObject([{ state: 'failed', failure: 'lost_or_stolen_card' }]);
    expect(after.payments[0]?.refundableMinor).toBe(amountMinor);
    await kerf.cloud.settled();
    expect((await told(job)).map(({ type }) => type)).toEqual(['refund.settled', 'refund.failed']);
  });
});

test('a payment page that carries no mark of ours pays an invoice only if the payment behind it does, as those opened before had it', async () => {
  const { job, invoiceId, totalMinor } = await invoicedPiece();
  const payPage = async (metadata?: Record<string, string>) => {
    const price_data = { currency: 'usd', unit_amount: totalMinor, product_data: { name: 'Ring' } };
    const page = await stripe.post<Stripe.Checkout.Session>(
      ['checkout', 'sessions'],
      {
        mode: 'payment',
        client_reference_id: invoiceId,
        line_items: [{ quantity: 1, price_data }],
        success_url: 'https://shop.example.test/',
        ...(metadata ? { payment_intent_data: { metadata } } : {}),
      },
      { account: stored.account },
    );
    await payAtCheckout(page.url ?? '');
    await until('every notice taken', async () => {
      const response = await fetch(`http://127.0.0.1:${kerf.cloud.ports.payments}/_sim/events`);
      const { events } = (await response.json()) as { events: { deliveries: { state: string }[] }[] };
      return events.every(({ deliveries }) => deliveries.every(({ state }) => state === 'delivered'));
    });
  };
  await payPage();
  await payPage({ kerf_page: 'inv_01aaaaaaaaaaaaaaaaaaaaaaaa' });
  const { payments, owedMinor } = await owner()(money.getAccount, params(job));
  expect([payments, owedMinor]).toEqual([[], totalMinor]);
  await payPage({ kerf_page: invoiceId });
  const account = await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
  expect(account).toMatchObject({ receivedMinor: totalMinor, spareMinor: 0 });
});

// The last of all: nobody can charge the card afterwards.
test('a card that was taken off at the provider counts as declined, in words for a person, and the answer leads to a page', async () => {
  const { job, totalMinor } = await invoicedPiece();
  await stripe.post(['payment_methods', stored.method.id, 'detach'], {}, { account: stored.account });
  const answer = await customer()(money.chargeStoredMethod, {
    ...params(job),
    body: { amountMinor: totalMinor },
  });
  expect(answer).toMatchObject({ outcome: 'declined', message: 'The card can not be charged any more.' });
  const { payments } = await owner()(money.getAccount, params(job));
  expect(payments).toMatchObject([{ state: 'failed', failure: answer.message }]);
  await payAtCheckout(answer.payUrl ?? '');
  await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
});

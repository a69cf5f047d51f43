import { createHmac, randomUUID } from 'node:crypto';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getInvoice, openCheckout, type InvoiceView } from '#contract/routes/billing.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { payAtCheckout } from '../../scripts/walk/checkout.ts';
import { addPrinter } from '../../scripts/walk/farm.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { enrolDevice, print, printerWithDevice } from './support/device.ts';
import {
  approved,
  checkoutUrl,
  invoiceOf,
  invoiced,
  jobOf,
  pay,
  refusal,
  started,
  subjectsTo,
  untilJob,
  wholeLog,
  type Workshop,
} from './support/orders.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

let kerf: Kerf;
let workshop: Workshop;
let webhookSecret: string;

beforeAll(async () => {
  kerf = await startKerf();
  workshop = await newWorkshop();
  const { Parameter } = await new SSMClient({}).send(
    new GetParameterCommand({
      Name: process.env['STRIPE_WEBHOOK_SECRET_PARAMETER'] ?? '',
      WithDecryption: true,
    }),
  );
  webhookSecret = Parameter?.Value ?? '';
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

async function newWorkshop(): Promise<Workshop> {
  const { instance } = kerf;
  const shop = await openShop(instance, 'Paid Prints');
  const customer = await signInCustomer(instance, shop.slug);
  return { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
}

interface ProviderEvent {
  id: string;
  type: string;
  account?: string;
  data: { object: { client_reference_id?: string; payment_intent?: string } };
  deliveries: { attempts: number; state: string; last_answer: string | null }[];
}

const provider = (path: string) => `http://127.0.0.1:${kerf.cloud.ports.payments}/_sim/${path}`;

async function deliverWebhooks(mode: string): Promise<void> {
  const response = await fetch(provider('webhooks'), { method: 'POST', body: JSON.stringify({ mode }) });
  expect(response.status).toBe(200);
}

/** The provider's notice that the invoice's page was paid. */
const completionOf = (invoiceId: string): Promise<ProviderEvent> =>
  until(`the completed checkout of ${invoiceId}`, async () => {
    const { events } = (await (await fetch(provider('events'))).json()) as { events: ProviderEvent[] };
    return events.find(
      ({ type, data }) =>
        type === 'checkout.session.completed' && data.object.client_reference_id === invoiceId,
    );
  });

async function chargesOf(account: string): Promise<{ amount: number; currency: string }[]> {
  const { charges } = (await (await fetch(provider('charges'))).json()) as {
    charges: { account: string; amount: number; currency: string }[];
  };
  return charges.filter((charge) => charge.account === account);
}

const signature = (payload: string, secret = webhookSecret, at = Math.floor(Date.now() / 1000)): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${payload}`).digest('hex')}`;

async function postWebhook(payload: string, header?: string): Promise<number> {
  const response = await fetch(`${kerf.instance.url}/v1/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(header ? { 'stripe-signature': header } : {}) },
    body: payload,
  });
  await response.arrayBuffer();
  return response.status;
}

const missing = 'inv_01aaaaaaaaaaaaaaaaaaaaaaaa';
/** A notice as the provider writes it, in the test's own words. */
const notice = (account: string, invoice: InvoiceView, change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'checkout.session.completed',
    account,
    data: {
      object: {
        id: `cs_${randomUUID()}`,
        object: 'checkout.session',
        client_reference_id: invoice.id,
        metadata: { kerf_reference: invoice.id },
        payment_status: 'paid',
        payment_intent: `pi_${randomUUID()}`,
        amount_total: invoice.totalMinor,
        currency: invoice.currency.toLowerCase(),
        ...change,
      },
    },
  });

const invoiceState = async ({ id }: InvoiceView): Promise<string> =>
  (await workshop.customer.call(getInvoice, { params: { invoiceId: id } })).state;

async function expectPaidOnce(job: JobView, invoice: InvoiceView): Promise<void> {
  await untilJob(workshop.customer.call, job.id, 'the payment', ({ payment }) => payment === 'paid');
  await kerf.cloud.settled();
  const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
  expect(events.filter(({ type }) => type === 'invoice.paid')).toHaveLength(1);
  const subject = `Invoice ${invoice.number} is paid`;
  expect((await subjectsTo(kerf.instance, workshop.customer.email))[subject]).toBe(1);
}

describe('a webhook', () => {
  let job: JobView;
  let invoice: InvoiceView;
  let account: string;

  beforeAll(async () => {
    ({ job, invoice } = await invoiced(workshop));
    await deliverWebhooks('held');
    await pay(workshop, invoice.id);
    account = (await completionOf(invoice.id)).account ?? '';
  });

  test('without a signature, with a forged one, or one made five minutes ago, is refused and pays nothing', async () => {
    const payload = notice(account, invoice);
    const sixMinutesAgo = Math.floor(Date.now() / 1000) - 360;
    expect(await postWebhook(payload)).toBe(401);
    expect(await postWebhook(payload, signature(payload, 'whsec_guessed'))).toBe(401);
    expect(await postWebhook(payload, signature(`${payload} `))).toBe(401);
    expect(await postWebhook(payload, signature(payload, webhookSecret, sixMinutesAgo))).toBe(401);
    expect(await postWebhook('{}', 'v1=1')).toBe(401);
    expect(await invoiceState(invoice)).toBe('open');
  });

  test.each([
    [
      'an invoice that does not exist',
      { client_reference_id: missing, metadata: { kerf_reference: missing } },
    ],
    ['no invoice at all', { client_reference_id: null }],
    ['a page of the shop’s own, whose payer wrote the reference', { metadata: {}, payment_link: 'plink_1' }],
    ['a page of ours for something else', { metadata: { kerf_reference: missing } }],
  ])('that is signed but tells of %s is taken and pays nothing', async (_, change) => {
    const payload = notice(account, invoice, change);
    expect(await postWebhook(payload, signature(payload))).toBe(200);
    expect(await invoiceState(invoice)).toBe('open');
  });

  test.each([
    ['a part of the amount', { amount_total: 1 }, { state: 'settled', amountMinor: 1 }],
    ['a wrong currency', { currency: 'eur' }, { state: 'mismatch', currency: 'EUR' }],
    ['no payment yet', { payment_status: 'unpaid' }, { state: 'pending' }],
  ])(
    'that is signed and tells of %s does not pay the invoice, and is on record for the staff',
    async (_, change, kept) => {
      const providerId = `pi_${randomUUID()}`;
      const payload = notice(account, invoice, { ...change, payment_intent: providerId });
      for (let time = 0; time < 2; time += 1)
        expect(await postWebhook(payload, signature(payload))).toBe(200);
      const seen = await workshop.shop.owner(getInvoice, { params: { invoiceId: invoice.id } });
      expect(seen.state).toBe('open');
      expect(seen.payments.filter((each) => each.providerId === providerId)).toMatchObject([kept]);
      const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
      expect(events.filter(({ data }) => data['providerId'] === providerId)).toHaveLength(1);
    },
  );

  test("of an unknown account, or of another shop's, can not pay this shop's invoice", async () => {
    const other = await newWorkshop();
    const theirs = await invoiced(other);
    await pay(other, theirs.invoice.id);
    await other.device.close();
    const { account: foreign = '' } = await completionOf(theirs.invoice.id);
    expect(foreign).not.toBe(account);
    for (const whose of [foreign, 'acct_unknown', '']) {
      const payload = notice(whose, invoice);
      expect(await postWebhook(payload, signature(payload))).toBe(200);
    }
    expect(await invoiceState(invoice)).toBe('open');
  });

  test('that is genuine pays the invoice, and the same one again changes nothing', async () => {
    await deliverWebhooks('normal');
    await expectPaidOnce(job, invoice);
    const { id } = await completionOf(invoice.id);
    for (let again = 0; again < 3; again += 1) {
      const response = await fetch(provider(`deliver/${id}`), { method: 'POST' });
      const { deliveries } = (await response.json()) as { deliveries: { status: number }[] };
      expect(deliveries.map(({ status }) => status)).toEqual([200]);
    }
    const payload = notice(account, invoice);
    expect(await postWebhook(payload, signature(payload))).toBe(200);
    await expectPaidOnce(job, invoice);
    expect(await chargesOf(account)).toEqual([
      expect.objectContaining({ amount: invoice.totalMinor, currency: 'usd' }),
    ]);
  });
});

test('a refund that is told before its payment is told again until it counts; one of money that is not ours is let be', async () => {
  const { invoice } = await invoiced(workshop);
  await deliverWebhooks('held');
  await pay(workshop, invoice.id);
  const { account = '', data } = await completionOf(invoice.id);
  const refundOf = (payment: string | undefined) => {
    const refund = {
      id: `re_${randomUUID()}`,
      object: 'refund',
      status: 'succeeded',
      amount: 1,
      currency: 'usd',
    };
    const object = { ...refund, payment_intent: payment };
    return JSON.stringify({
      id: `evt_${randomUUID()}`,
      object: 'event',
      type: 'refund.created',
      account,
      data: { object },
    });
  };
  const early = refundOf(data.object.payment_intent);
  expect(await postWebhook(early, signature(early))).toBe(409);
  const foreign = refundOf(`pi_${randomUUID()}`);
  expect(await postWebhook(foreign, signature(foreign))).toBe(200);
  await deliverWebhooks('normal');
  await until('the payment', async () => (await invoiceState(invoice)) === 'paid');
  await until('the refund', async () => (await postWebhook(early, signature(early))) === 200);
  const seen = await workshop.shop.owner(getInvoice, { params: { invoiceId: invoice.id } });
  expect(seen).toMatchObject({ owedMinor: 1, payments: [{ refundableMinor: invoice.totalMinor - 1 }] });
});

test('two pages of one invoice that are both paid pay it once; the second payment is kept as surplus and told to the shop', async () => {
  const { job, invoice } = await invoiced(workshop);
  const url = await checkoutUrl(workshop, invoice.id);
  await payAtCheckout(url);
  await expectPaidOnce(job, invoice);
  const { account = '' } = await completionOf(invoice.id);
  const surplus = notice(account, invoice, { payment_intent: 'pi_second' });
  for (let time = 0; time < 3; time += 1) expect(await postWebhook(surplus, signature(surplus))).toBe(200);
  await expectPaidOnce(job, invoice);
  const { payments } = await workshop.shop.owner(getInvoice, { params: { invoiceId: invoice.id } });
  expect(payments.map(({ state }) => state)).toEqual(['settled', 'surplus']);
  const { events } = await workshop.shop.owner(jobs.listJobEvents, { params: { jobId: job.id } });
  expect(events.filter(({ type }) => type === 'payment.unmatched')).toMatchObject([
    { data: { providerId: 'pi_second', amountMinor: invoice.totalMinor, state: 'surplus' } },
  ]);
  const told = Object.keys(await subjectsTo(kerf.instance, workshop.shop.ownerEmail));
  expect(told.filter((subject) => subject.includes(`order ${job.number} does not explain`))).toHaveLength(1);
});

test.each(['duplicate', 'out-of-order'])('webhooks that come %s pay the invoice once', async (mode) => {
  const { job, invoice } = await invoiced(workshop);
  await deliverWebhooks(mode);
  await pay(workshop, invoice.id);
  await expectPaidOnce(job, invoice);
  await deliverWebhooks('normal');
});

test('a webhook that the API could not take is sent again until it is taken', async () => {
  const { job, invoice } = await invoiced(workshop);
  const url = await checkoutUrl(workshop, invoice.id);
  const crashes = () => kerf.cloud.host.stats()['api-billing']?.errors ?? 0;
  const before = crashes();
  // Each of the provider's notices meets a function that dies before its work, or right after it.
  kerf.cloud.host.failNext('api-billing', 2, 'before');
  kerf.cloud.host.failNext('api-billing', 3, 'after');
  await payAtCheckout(url);
  await until('all five crashes', () => Promise.resolve(crashes() === before + 5 || undefined));
  await expectPaidOnce(job, invoice);
});

test('a declined card leaves the invoice open; a good card pays it, once', async () => {
  const { job, invoice } = await invoiced(workshop);
  const url = await checkoutUrl(workshop, invoice.id);
  await expect(payAtCheckout(url, '4000000000000002')).rejects.toThrow('402');
  await expect(payAtCheckout(url, '4000000000009995')).rejects.toThrow('402');
  await kerf.cloud.settled();
  expect(await invoiceState(invoice)).toBe('open');
  expect((await jobOf(workshop.customer.call, job.id)).payment).toBe('unpaid');
  await payAtCheckout(url);
  await expectPaidOnce(job, invoice);
  await refusal('not_allowed_now', checkoutUrl(workshop, invoice.id));
});

test('CO-60 an order reopened, quoted anew and handed over again gets one further invoice, and owes again', async () => {
  const { job, invoice } = await invoiced(workshop);
  await pay(workshop, invoice.id);
  await expectPaidOnce(job, invoice);
  const params = { jobId: job.id };
  const { owner, shopId } = workshop.shop;
  await owner(confirmBedClear, { params: { machineId: workshop.printer.id } });
  await owner(jobs.reopenJob, { params, body: { reason: 'One broke' } });
  const offered = await owner(jobs.sendQuote, { params, body: {} });
  const version = offered.quote?.version ?? 0;
  const body = { version, name: 'Cleo Customer' };
  await workshop.customer.call(jobs.approveQuote, { params, body });
  // The bus repeats the old hand-over only now: it bills what was approved then.
  const { events } = await owner(jobs.listJobEvents, { params });
  const old = events.find(({ type }) => type === 'job.handed_over');
  const actor = { kind: 'system', name: 'test' };
  const detail = { ...old, eventId: old?.id, shopId, customerId: job.customer.customerId, actor };
  await kerf.cloud.host.invoke('issue-invoice', { detail });
  expect((await jobOf(owner, job.id)).invoiceId).toBe(invoice.id);

  await print(workshop.device, (await started(workshop, await jobOf(owner, job.id))).id);
  await untilJob(owner, job.id, 'the check', ({ status }) => status === 'quality_check');
  await inspectAndPass(owner, job.id);
  await owner(jobs.handOver, { params, body: {} });
  const after = await untilJob(owner, job.id, 'the new invoice', ({ invoiceId }) => invoiceId !== invoice.id);
  expect(after.payment).toBe('unpaid');
  const second = await workshop.customer.call(getInvoice, { params: { invoiceId: after.invoiceId ?? '' } });
  const serial = ({ number }: InvoiceView) => Number(number.slice('INV-'.length));
  expect(serial(second)).toBe(serial(invoice) + 1);
  expect(await invoiceState(invoice)).toBe('paid');
  await pay(workshop, second.id);
  await untilJob(owner, job.id, 'the second payment', ({ payment }) => payment === 'paid');
  await owner(confirmBedClear, { params: { machineId: workshop.printer.id } });
});

describe('the payment page of an invoice', () => {
  const pageAt = async (url: string) => (await fetch(url)).text();
  const openFor = async (invoiceId: string, returnPath: string) =>
    (await workshop.customer.call(openCheckout, { params: { invoiceId }, body: { returnPath } })).url;
  const sessionOf = (url: string) => url.split('/').at(-1) ?? '';
  const paymentsOf = async (invoiceId: string) =>
    (await workshop.shop.owner(getInvoice, { params: { invoiceId } })).payments.map(({ state }) => state);
  const untilPayments = (invoiceId: string, states: string[]) =>
    until(`payments ${states.join()}`, async () => (await paymentsOf(invoiceId)).join() === states.join());
  const endDebit = async (url: string) =>
    expect((await fetch(provider(`checkout/${sessionOf(url)}/end-debit`), { method: 'POST' })).status).toBe(
      200,
    );
  const debit = { arrives: 'AT611904300234573201', fails: 'AT861904300235473202' };

  test('is one, asked for however often, at the same moment, or again after a crash', async () => {
    const { invoice } = await invoiced(workshop);
    kerf.cloud.host.failNext('api-billing', 1, 'after');
    await expect(checkoutUrl(workshop, invoice.id)).rejects.toThrow();
    const urls = await Promise.all(Array.from({ length: 8 }, () => checkoutUrl(workshop, invoice.id)));
    expect(new Set(urls).size).toBe(1);
    await payAtCheckout(urls[0] ?? '');
    await until('the payment', async () => (await invoiceState(invoice)) === 'paid');
  });

  test('that leads back elsewhere takes the place of the one before', async () => {
    const { job, invoice } = await invoiced(workshop);
    const first = await openFor(invoice.id, '/here');
    const second = await openFor(invoice.id, '/there');
    expect(second).not.toBe(first);
    expect(await pageAt(first)).toContain('has expired');
    await expect(payAtCheckout(first)).rejects.toThrow('402');
    await payAtCheckout(second);
    await expectPaidOnce(job, invoice);
  });

  test('is made anew when it has expired', async () => {
    const { invoice } = await invoiced(workshop);
    const first = await checkoutUrl(workshop, invoice.id);
    kerf.cloud.clock.advance(25 * 3_600_000);
    expect(await checkoutUrl(workshop, invoice.id)).not.toBe(first);
  });

  test('is not opened again while the money of a paid one is on its way', async () => {
    const { job, invoice } = await invoiced(workshop);
    await deliverWebhooks('held');
    await pay(workshop, invoice.id);
    await refusal('not_allowed_now', checkoutUrl(workshop, invoice.id));
    await deliverWebhooks('normal');
    await expectPaidOnce(job, invoice);
  });

  test.each(['normal', 'out-of-order', 'duplicate'])(
    'paid by a bank debit pays the invoice when the money arrives (webhooks %s)',
    async (mode) => {
      const { job, invoice } = await invoiced(workshop);
      await deliverWebhooks(mode);
      const url = await checkoutUrl(workshop, invoice.id);
      await payAtCheckout(url, debit.arrives);
      if (mode !== 'out-of-order') await untilPayments(invoice.id, ['pending']);
      expect(await invoiceState(invoice)).toBe('open');
      await refusal('not_allowed_now', checkoutUrl(workshop, invoice.id));
      await endDebit(url);
      await expectPaidOnce(job, invoice);
      await deliverWebhooks('normal');
      expect(await paymentsOf(invoice.id)).toEqual(['settled']);
    },
  );

  test('whose bank debit fails can be opened again; money that comes after all closes the new one', async () => {
    const { job, invoice } = await invoiced(workshop);
    const first = await checkoutUrl(workshop, invoice.id);
    await payAtCheckout(first, debit.fails);
    await endDebit(first);
    await untilPayments(invoice.id, ['failed']);
    const second = await checkoutUrl(workshop, invoice.id);
    expect(second).not.toBe(first);

    const { payments } = await workshop.shop.owner(getInvoice, { params: { invoiceId: invoice.id } });
    const { account = '' } = await completionOf(invoice.id);
    const late = notice(account, invoice, { payment_intent: payments[0]?.providerId });
    expect(await postWebhook(late, signature(late))).toBe(200);
    expect(await paymentsOf(invoice.id)).toEqual(['settled']);
    expect(await pageAt(second)).toContain('has expired');
    await expectPaidOnce(job, invoice);
  });
});

test('CO-60 twelve orders handed over at the same moment get one invoice each, numbered without a gap', async () => {
  const { instance } = kerf;
  const shop = await openShop(instance, 'Twelve At Once');
  const customer = await signInCustomer(instance, shop.slug);
  const printers = [];
  for (let index = 0; index < 12; index += 1) printers.push(await addPrinter(shop.owner, `MK4 ${index}`));
  const device = await enrolDevice(
    instance,
    shop.owner,
    printers.map(({ id }) => id),
  );
  const ready = await Promise.all(
    printers.map(async (printer) => {
      const players = { instance, shop, customer, printer, device };
      const job = await approved(players);
      return { job, run: await started(players, job) };
    }),
  );
  // An agent's facts are numbered, so they come one after the other.
  for (const { run } of ready) await print(device, run.id);
  await Promise.all(
    ready.map(async ({ job }) => {
      await untilJob(shop.owner, job.id, 'the check', ({ status }) => status === 'quality_check');
      await inspectAndPass(shop.owner, job.id);
    }),
  );
  await Promise.all(
    ready.map(({ job }) => shop.owner(jobs.handOver, { params: { jobId: job.id }, body: {} })),
  );
  const players = { instance, shop, customer };
  const invoices = await Promise.all(
    ready.map(async ({ job }) => (await invoiceOf(players, job.id)).invoice),
  );
  expect(invoices.map(({ number }) => number).sort()).toEqual(
    Array.from({ length: 12 }, (_, index) => `INV-${String(index + 1).padStart(6, '0')}`),
  );
  await kerf.cloud.settled();
  const log = await wholeLog(shop.owner);
  expect(log.filter(({ type }) => type === 'invoice.issued')).toHaveLength(12);
  expect(kerf.cloud.deliveries.deadLetters()).toEqual([]);
  await device.close();
}, 200_000);

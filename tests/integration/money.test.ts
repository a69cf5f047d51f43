import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BodyInputOf } from '#contract/route.ts';
import { openCheckout } from '#contract/routes/billing.ts';
import { exportBooks, setExternalRef } from '#contract/routes/books.ts';
import { createCreditNote } from '#contract/routes/documents.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import * as money from '#contract/routes/money.ts';
import { getPriceBook, getShop, replacePriceBook } from '#contract/routes/shops.ts';
import { listTemplates, replaceTemplate } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import type { AccountView } from '#contract/routes/money.ts';
import { payAtCheckout } from '../../scripts/walk/checkout.ts';
import { until } from '../../scripts/walk/instance.ts';
import { driveOn, driveTo } from '../support/drive.ts';
import { days, startKerf, type Kerf } from './support/kerf.ts';
import { oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { byLink, linkSecret, refusal } from './support/orders.ts';

let kerf: Kerf;
let bench: Lifecycle;

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'custom', 'Money Bench');
}, 200_000);
afterAll(() => kerf?.stop());

const owner = () => bench.shop.owner;
const customer = () => bench.customer.call;
const params = ({ id }: Pick<JobView, 'id'>) => ({ params: { jobId: id } });
const accountOf = (job: JobView) => owner()(money.getAccount, params(job));
const offer = (job: JobView) => owner()(jobs.sendQuote, { ...params(job), body: { lines: oneRing } });

type Own = BodyInputOf<typeof replaceTemplate>;
/** The shop's own terms of a job type, whatever they were before. */
async function setTerms(name: 'custom' | 'order' | 'fabrication', own: Own): Promise<void> {
  const { templates } = await owner()(listTemplates, {});
  const { version = 0 } = templates.find((each) => each.name === name) ?? {};
  await owner()(replaceTemplate, { params: { name }, body: own, ifMatch: version });
}

const untilAccount = (job: JobView, what: string, is: (account: AccountView) => boolean) =>
  until(what, async () => {
    const account = await accountOf(job);
    return is(account) && account;
  });

const record = (job: JobView, body: BodyInputOf<typeof money.recordPayment>) =>
  owner()(money.recordPayment, { ...params(job), body });
const charge = (job: JobView, amountMinor: number, call = customer()) =>
  call(money.chargeStoredMethod, { ...params(job), body: { amountMinor } });

async function payJob(job: JobView, body: Partial<BodyInputOf<typeof money.openJobCheckout>> = {}) {
  const { url, amountMinor } = await customer()(money.openJobCheckout, { ...params(job), body });
  await payAtCheckout(url);
  return amountMinor;
}

/** A piece that is ready for pickup and invoiced. */
async function invoicedPiece(): Promise<{ job: JobView; invoiceId: string; totalMinor: number }> {
  const { id } = await bench.piece();
  const quoted = await offer({ id } as JobView);
  await bench.approve(quoted);
  await owner()(lifecycle.markReady, { ...params(quoted), body: {} });
  const invoice = await bench.invoice(quoted);
  return { job: quoted, invoiceId: invoice.id, totalMinor: invoice.totalMinor };
}

const provider = (path: string, body: object) =>
  fetch(`http://127.0.0.1:${kerf.cloud.ports.payments}/_sim/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });

/** Always: owed - spare = invoiced - credited + kept - received + refunded. */
function expectBalanced(account: AccountView): void {
  const { invoicedMinor, creditedMinor, keptMinor, receivedMinor, refundedMinor } = account;
  expect(account.owedMinor - account.spareMinor).toBe(
    invoicedMinor - creditedMinor + keptMinor - receivedMinor + refundedMinor,
  );
}

describe('a deposit', () => {
  beforeAll(() => setTerms('custom', { deposit: { kind: 'percent', percent: 30 } }));

  test('JT-11 JX-2 DF-33 is asked for on the offer, paid online, holds the work until it is there, and counts on the invoice', async () => {
    const { totalMinor, job } = await piece();
    expect(job.quote?.depositMinor).toBe(Math.ceil((totalMinor * 30) / 100));
    const deposit = job.quote?.depositMinor ?? 0;
    const early = await refusal('not_ready', bench.approve(job));
    expect(early.message).toMatch(/deposit has not arrived/);
    expect(await payJob(job)).toBe(deposit);
    const account = await untilAccount(job, 'the deposit', ({ payment }) => payment === 'deposit');
    expect(account).toMatchObject({ spareMinor: deposit, dueBeforeProductionMinor: 0, owedMinor: 0 });
    expect((await bench.approve(job)).status).toBe('in_production');
    await owner()(lifecycle.markReady, { ...params(job), body: {} });
    const invoice = await bench.invoice(job);
    expect(invoice).toMatchObject({ state: 'open', paidMinor: deposit, owedMinor: totalMinor - deposit });
    expect((await bench.look(job)).payment).toBe('partial');
    expect(await payJob(job)).toBe(totalMinor - deposit);
    expectBalanced(await untilAccount(job, 'the rest', ({ payment }) => payment === 'paid'));
    await bench.mailed(bench.customer.email, new RegExp(`^Invoice ${invoice.number} is paid`));
    await refusal('not_allowed_now', payJob(job));
  });

  test('JT-11 is taken at the counter in any way, in parts, and the rest is named', async () => {
    const { job } = await piece();
    const deposit = job.quote?.depositMinor ?? 0;
    const part = await record(job, { amountMinor: 1000, method: 'check', reference: '0042' });
    expect(part).toMatchObject({ payment: 'deposit', dueBeforeProductionMinor: deposit - 1000 });
    await refusal('not_ready', bench.approve(job));
    await record(job, { amountMinor: deposit - 1000, method: 'cash' });
    expect((await bench.approve(job)).status).toBe('in_production');
    await refusal('invalid_request', record(job, { amountMinor: 1e9, method: 'cash' }));
    const tomorrow = new Date(kerf.cloud.clock.now().getTime() + days(2)).toISOString().slice(0, 10);
    await refusal('invalid_request', record(job, { amountMinor: 1, method: 'wire', receivedOn: tomorrow }));
  });

  test('JX-2 goes back when the customer declines the offer, and is kept or returned as the shop says when the job is canceled', async () => {
    const declined = (await piece()).job;
    await payJob(declined);
    await untilAccount(declined, 'the deposit', ({ payment }) => payment === 'deposit');
    const version = declined.quote?.version ?? 0;
    await customer()(jobs.declineQuote, { ...params(declined), body: { version, reason: 'too dear' } });
    const returned = await untilAccount(declined, 'the money back', ({ refunds }) =>
      refunds.some(({ state }) => state === 'settled'),
    );
    expect(returned).toMatchObject({ payment: 'refunded', spareMinor: 0, owedMinor: 0 });

    const canceled = (await piece()).job;
    const deposit = canceled.quote?.depositMinor ?? 0;
    await payJob(canceled);
    await untilAccount(canceled, 'the deposit', ({ payment }) => payment === 'deposit');
    const cancel = (refundMinor?: number) =>
      owner()(jobs.cancelJob, {
        ...params(canceled),
        body: { reason: 'drawn already', ...(refundMinor === undefined ? {} : { refundMinor }) },
      });
    expect((await refusal('not_ready', cancel())).problem?.field).toBe('refundMinor');
    expect((await refusal('invalid_request', cancel(deposit + 1))).problem?.field).toBe('refundMinor');
    await cancel(deposit - 5000);
    const kept = await untilAccount(canceled, 'the settlement', ({ keptMinor }) => keptMinor > 0);
    expect(kept).toMatchObject({
      keptMinor: 5000,
      refundedMinor: deposit - 5000,
      owedMinor: 0,
      spareMinor: 0,
    });
    expectBalanced(kept);
  });

  test('the customer cancels by the shop’s rule: all beyond the deposit goes back', async () => {
    await setTerms('custom', { deposit: { kind: 'fixed', amountMinor: 10_000 }, onCancel: 'keep_deposit' });
    const { job, totalMinor } = await piece();
    expect(await payJob(job, { part: 'all' })).toBe(totalMinor);
    await untilAccount(job, 'the payment', ({ spareMinor }) => spareMinor === totalMinor);
    const body = { reason: 'changed my mind', refundMinor: totalMinor };
    await refusal('wrong_role', customer()(jobs.cancelJob, { ...params(job), body }));
    await customer()(jobs.cancelJob, { ...params(job), body: { reason: body.reason } });
    const account = await untilAccount(job, 'the settlement', ({ keptMinor }) => keptMinor > 0);
    expect(account).toMatchObject({ keptMinor: 10_000, refundedMinor: totalMinor - 10_000, owedMinor: 0 });
    await setTerms('custom', {});
  });

  async function piece(): Promise<{ job: JobView; totalMinor: number }> {
    const job = await offer(await bench.piece());
    return { job, totalMinor: job.quote?.totalMinor ?? 0 };
  }
});

describe('money outside the provider', () => {
  test('CO-65 an invoice is marked paid with what was taken; a mistake is taken back by a row beside it, once, and the invoice is open again', async () => {
    const { job, totalMinor } = await invoicedPiece();
    const paid = await record(job, { amountMinor: totalMinor, method: 'wire', reference: 'TRN-7' });
    expect(paid).toMatchObject({ payment: 'paid', owedMinor: 0, invoices: [{ state: 'paid' }] });
    const paymentId = paid.payments[0]?.id ?? '';
    const reverse = () =>
      owner()(money.reversePayment, {
        params: { jobId: job.id, paymentId },
        body: { reason: 'another customer’s transfer' },
      });
    const open = await reverse();
    expect(open).toMatchObject({ payment: 'unpaid', owedMinor: totalMinor, invoices: [{ state: 'open' }] });
    expect(open.payments).toMatchObject([{ id: paymentId, reversed: true, refundableMinor: 0 }]);
    expect(open.refunds).toMatchObject([{ by: 'reversal', amountMinor: totalMinor }]);
    await refusal('not_ready', reverse());
    const again = await record(job, { amountMinor: 100, method: 'cash' });
    expect(again).toMatchObject({ payment: 'partial', owedMinor: totalMinor - 100 });
    expectBalanced(again);
    expect(await bench.events(job)).toContain('payment.reversed');
  });
});

test('a payment page that asks for more than is owed closes when the money came in another way', async () => {
  const { job, invoiceId, totalMinor } = await invoicedPiece();
  const open = () => customer()(openCheckout, { params: { invoiceId }, body: { returnPath: '/' } });
  const first = await open();
  await record(job, { amountMinor: 100, method: 'cash' });
  await until('the end of the page', async () =>
    (await (await fetch(first.url)).text()).includes('has expired'),
  );
  const second = await open();
  expect(second.url).not.toBe(first.url);
  await kerf.cloud.settled();
  await payAtCheckout(second.url);
  const account = await untilAccount(job, 'the rest', ({ payment }) => payment === 'paid');
  expect(account).toMatchObject({ receivedMinor: totalMinor, spareMinor: 0 });
});

test('a payment page of an offer that the shop takes back closes with it', async () => {
  const job = await offer(await bench.piece());
  const { url } = await customer()(money.openJobCheckout, { ...params(job), body: {} });
  await owner()(jobs.withdrawQuote, { ...params(job), body: undefined });
  await until('the end of the page', async () => (await (await fetch(url)).text()).includes('has expired'));
});

test('a payment that ends after its job was canceled is told to the shop as money to return', async () => {
  const job = await offer(await bench.piece());
  await provider('webhooks', { mode: 'held' });
  const amountMinor = await payJob(job);
  await owner()(jobs.cancelJob, { ...params(job), body: { reason: 'broke' } });
  await provider('webhooks', { mode: 'normal' });
  const account = await untilAccount(job, 'the payment', ({ payments }) => payments.length > 0);
  expect(account).toMatchObject({ payments: [{ state: 'surplus' }], overpaidMinor: amountMinor });
  expect(await bench.events(job)).toContain('payment.unmatched');
});

test('a page of the offer that was paid, though the provider has not said so yet, keeps the invoice from being paid again', async () => {
  const { id } = await bench.piece();
  const job = await offer({ id } as JobView);
  const totalMinor = job.quote?.totalMinor ?? 0;
  await provider('webhooks', { mode: 'held' });
  expect(await payJob(job, { part: 'all' })).toBe(totalMinor);
  await bench.approve(job);
  await owner()(lifecycle.markReady, { ...params(job), body: {} });
  await bench.invoice(job);
  await refusal('not_allowed_now', payJob(job));
  await provider('webhooks', { mode: 'normal' });
  const account = await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
  expect(account).toMatchObject({ receivedMinor: totalMinor, spareMinor: 0 });
});

test('what is asked online is looked up again when money arrives in between: nobody pays twice', async () => {
  const { askedForInvoice, chargeStored, paymentPage } = await import('#lambdas/use-cases/take-online.ts');
  const { tenant } = await import('#lambdas/adapters/dynamo/tenant.ts');
  const t = tenant((await owner()(getShop, {})).id);
  const shop = { name: 'Money Bench', paymentAccountId: 'acct_of_nobody' };
  const stored = {
    customerId: 'cus_x',
    account: shop.paymentAccountId,
    providerCustomerId: 'cus_x',
    version: 1,
    method: { id: 'pm_x', brand: 'visa', last4: '4242', expires: '12/2034', agreedAt: '' },
  };
  for (const take of [
    (ask: () => Promise<Awaited<ReturnType<typeof askedForInvoice>>>) => chargeStored(t, ask, stored),
    (ask: () => Promise<Awaited<ReturnType<typeof askedForInvoice>>>) =>
      paymentPage(t, { ask, shop, returnPath: '/' }),
  ]) {
    const { job, invoiceId, totalMinor } = await invoicedPiece();
    let looks = 0;
    const ask = async () => {
      const asked = await askedForInvoice(t, { id: invoiceId, jobId: job.id }, shop);
      looks += 1;
      if (looks === 1) await record(job, { amountMinor: totalMinor, method: 'cash' });
      return asked;
    };
    await expect(take(ask)).rejects.toThrow('Nothing of this invoice is owed any more.');
  }
});

describe('a refund', () => {
  test('of money that was kept of a canceled job is kept no more, and owed by nobody', async () => {
    const job = await offer(await bench.piece());
    await record(job, { amountMinor: 1000, method: 'cash' });
    await owner()(jobs.cancelJob, { ...params(job), body: { reason: 'drawn already', refundMinor: 0 } });
    const kept = await untilAccount(job, 'the settlement', ({ keptMinor }) => keptMinor === 1000);
    const refund = (amountMinor: number) =>
      owner()(money.refundPayment, {
        params: { jobId: job.id, paymentId: kept.payments[0]?.id ?? '' },
        body: { by: 'cash', amountMinor, reason: 'goodwill' },
      });
    expect(await refund(400)).toMatchObject({ keptMinor: 600, owedMinor: 0, spareMinor: 0 });
    const none = await refund(600);
    expect(none).toMatchObject({ keptMinor: 0, owedMinor: 0, payableMinor: 0, payment: 'refunded' });
    expectBalanced(none);
  });

  test('of a paid invoice goes by the provider, with a credit note, in parts, and never beyond what was paid', async () => {
    const { job, totalMinor } = await invoicedPiece();
    await payJob(job);
    const { payments } = await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    const refund = (body: Partial<BodyInputOf<typeof money.refundPayment>>) =>
      owner()(money.refundPayment, {
        params: { jobId: job.id, paymentId: payments[0]?.id ?? '' },
        body: { by: 'provider', reason: 'scratched', ...body },
      });
    await refund({ amountMinor: 1500 });
    const part = await untilAccount(job, 'the refund', ({ refunds }) => refunds[0]?.state === 'settled');
    expect(part).toMatchObject({ payment: 'paid', owedMinor: 0, creditedMinor: 1500, refundedMinor: 1500 });
    expect(part.creditNotes).toMatchObject([{ totalMinor: 1500, reason: 'scratched' }]);
    await refusal('invalid_request', refund({ amountMinor: totalMinor }));
    const cash = await refund({ by: 'cash', amountMinor: 500, keepInvoice: true });
    expect(cash).toMatchObject({ owedMinor: 500, creditedMinor: 1500 });

    await provider('refunds/next', { behaviour: 'refused' });
    await refund({ keepInvoice: true });
    const failed = await untilAccount(
      job,
      'the failure',
      ({ refunds }) => refunds.at(-1)?.state === 'failed',
    );
    expect(failed.refunds.at(-1)?.failure).toMatch(/Insufficient funds/);
    expect(failed.payments[0]?.refundableMinor).toBe(totalMinor - 2000);
    expectBalanced(failed);
    const { owedMinor } = failed;
    await owner()(createCreditNote, {
      params: { invoiceId: failed.invoices[0]?.id ?? '' },
      body: { amountMinor: owedMinor, reason: 'goodwill' },
    });
    expect(await accountOf(job)).toMatchObject({ owedMinor: 0, payment: 'paid' });
    await bench.mailed(bench.customer.email, /has returned \$15\.00 of order/);
  });

  test('a canceled job with a paid invoice is credited and paid back; one that nobody paid owes nothing', async () => {
    const { job, totalMinor } = await invoicedPiece();
    await payJob(job);
    await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    await owner()(jobs.cancelJob, { ...params(job), body: { reason: 'broke', refundMinor: totalMinor } });
    const account = await untilAccount(job, 'the refund', ({ refunds }) => refunds[0]?.state === 'settled');
    expect(account).toMatchObject({
      payment: 'refunded',
      owedMinor: 0,
      spareMinor: 0,
      creditedMinor: totalMinor,
    });
    expect(account.invoices[0]?.state).toBe('credited');

    const unpaid = await invoicedPiece();
    await owner()(jobs.cancelJob, { ...params(unpaid.job), body: { reason: 'broke' } });
    await untilAccount(unpaid.job, 'the credit', ({ invoices }) => invoices[0]?.state === 'credited');
  });
});

describe('a card that the customer lets the shop keep', () => {
  const stored = () => customer()(money.getStoredMethod, {});
  const keep = async (card?: string) => {
    const { job, invoiceId } = await invoicedPiece();
    const { url } = await customer()(openCheckout, {
      params: { invoiceId },
      body: { returnPath: '/', keepMethod: true },
    });
    await payAtCheckout(url, card);
    await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    return job;
  };

  test('CO-64 pays the next invoice in one click, of the customer or of the shop, once', async () => {
    expect(await stored()).toEqual({});
    const first = await keep();
    const { method } = await until('the kept card', async () => {
      const answer = await stored();
      return answer.method && answer;
    });
    expect(method).toMatchObject({ brand: 'visa', last4: '4242', expires: '12/2034' });
    const byMail = await linkSecret(kerf.instance, bench.customer.email, first.id);
    const seenByLink = await byLink(kerf.instance, byMail)(money.getAccount, params(first));
    expect(seenByLink.keptCard).toBeUndefined();

    const { job, totalMinor } = await invoicedPiece();
    await refusal('stale', charge(job, totalMinor - 1));
    const outcomes = await Promise.allSettled([charge(job, totalMinor), charge(job, totalMinor, owner())]);
    expect(outcomes.some((each) => each.status === 'fulfilled' && each.value.outcome === 'paid')).toBe(true);
    const account = await accountOf(job);
    expect(account).toMatchObject({ payment: 'paid', receivedMinor: totalMinor, spareMinor: 0 });
    await kerf.cloud.settled();
    expect((await accountOf(job)).payments).toHaveLength(1);

    const next = await invoicedPiece();
    expect(await charge(next.job, next.totalMinor, owner())).toMatchObject({ outcome: 'paid' });
  });

  test.each([
    ['is declined', '4000000000000341', 'declined'],
    ['has to be confirmed with its bank', '4000002760003184', 'authentication_required'],
  ] as const)('CO-64 that %s says so and leads to a page where it can be paid', async (_, card, outcome) => {
    await keep(card);
    await until('the kept card', async () => (await stored()).method?.last4 === card.slice(-4));
    const { job, totalMinor } = await invoicedPiece();
    const answer = await charge(job, totalMinor, owner());
    expect(answer.outcome).toBe(outcome);
    expect(answer.message).toMatch(/declined/);
    const account = await accountOf(job);
    expect(account).toMatchObject({ payment: 'unpaid', owedMinor: totalMinor });
    expect(account.payments).toMatchObject([{ state: 'failed', failure: answer.message }]);
    await bench.mailed(bench.customer.email, /did not go through[\s\S]*Your card/);
    await payAtCheckout(answer.payUrl ?? '');
    await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
  });

  test('is forgotten when the customer says so; a link can not have one kept', async () => {
    await customer()(money.removeStoredMethod, { body: undefined });
    expect(await stored()).toEqual({});
    const { job, totalMinor } = await invoicedPiece();
    await refusal('not_ready', charge(job, totalMinor, owner()));
    const link = byLink(kerf.instance, await linkSecret(kerf.instance, bench.customer.email, job.id));
    const body = { keepMethod: true };
    const refused = await refusal('invalid_request', link(money.openJobCheckout, { ...params(job), body }));
    expect(refused.problem?.field).toBe('keepMethod');
  });
});

describe('what the work costs more', () => {
  test('CO-61 CO-62 CO-63 lines added since the approval are on the invoice with tax; beyond the limit only with the customer’s word', async () => {
    const { version, currency: _, ...book } = await owner()(getPriceBook, {});
    await owner()(replacePriceBook, { body: { ...book, taxPercent: 20 }, ifMatch: version });
    await setTerms('fabrication', { adjustmentLimitPercent: 10 });
    const job = await driveTo(bench.people, 'ready_to_make', { title: 'Adjusted', quantity: 5 });
    const agreedMinor = job.quote?.totalMinor ?? 0;
    const add = (unitMinor: number, label = 'Material for rework') =>
      owner()(money.addAdjustment, {
        ...params(job),
        body: { label, unitMinor, reason: 'a spool was wet' },
      });
    const small = await add(10);
    expect(small.adjustments).toMatchObject([
      { state: 'agreed', totalMinor: 10, taxMinor: 2, amountMinor: 12 },
    ]);
    expect(small.agreedMinor).toBe(agreedMinor + 12);
    const big = await add(agreedMinor);
    expect(big.adjustments.at(-1)?.state).toBe('asked');
    expect(big.agreedMinor).toBe(agreedMinor + 12);
    await bench.mailed(bench.customer.email, /will cost \S+ more: please answer/);
    const declined = await add(agreedMinor, 'Gold plating');
    const answer = (adjustmentId: string | undefined, accept: boolean) =>
      customer()(money.answerAdjustment, {
        params: { jobId: job.id, adjustmentId: adjustmentId ?? '' },
        body: { accept, name: 'Cleo Customer' },
      });
    const taken = await answer(big.adjustments.at(-1)?.id, true);
    const extra = agreedMinor + Math.round(agreedMinor / 5) + 12;
    expect(taken.agreedMinor).toBe(agreedMinor + extra);
    await answer(declined.adjustments.at(-1)?.id, false);
    await refusal('stale', answer(declined.adjustments.at(-1)?.id, true));

    await driveOn(bench.people, await bench.look(job), 'completed');
    const invoice = await bench.invoice(job);
    expect(invoice.totalMinor).toBe(agreedMinor + extra);
    expect(invoice.subtotalMinor + invoice.taxMinor).toBe(invoice.totalMinor);
    expect(invoice.lines.reduce((sum, line) => sum + line.totalMinor, 0)).toBe(invoice.subtotalMinor);
    const labels = invoice.lines.map(({ label }) => label);
    expect(labels.filter((label) => label === 'Material for rework (a spool was wet)')).toHaveLength(2);
    expect(labels.join()).not.toContain('Gold plating');
    await refusal('not_allowed_now', add(10));
  });
});

describe('an order', () => {
  const placed = async () => bench.place(await bench.draft({ template: 'order' }));
  const empty = (job: JobView) => ({ ...params(job), body: {} });

  test('DF-38 DF-49 DF-09 a purchase order is accepted with its days from the invoice on, and falls due by itself', async () => {
    const job = await placed();
    const invoice = await bench.invoice(job);
    const provide = (body: BodyInputOf<typeof lifecycle.providePurchaseOrder>) =>
      customer()(lifecycle.providePurchaseOrder, { ...params(job), body });
    const given = await provide({ number: 'PO-77' });
    expect(given).toMatchObject({ status: 'po_provided', po: { number: 'PO-77', netDays: 30 } });
    const accepted = await owner()(lifecycle.releaseJob, { ...params(job), body: { netDays: 14 } });
    const dueAt = new Date(Date.parse(invoice.issuedAt) + days(14)).toISOString();
    expect(accepted).toMatchObject({ status: 'ready_to_make', po: { netDays: 14, dueAt } });
    expect((await bench.invoice(job)).dueAt).toBe(dueAt);
    await owner()(lifecycle.callPaymentDue, empty(job));
    expect((await bench.look(job)).statusLabel).toBe('PO Payment due');
    await record(job, { amountMinor: invoice.totalMinor, method: 'ach', reference: 'A-1' });
    await bench.untilIn(job, 'ready_to_make');
    await refusal('invalid_request', releaseWith(await placed(), 14));
  });

  test('DF-11 DF-30 DF-34 production waits for the deposit that the shop asks for; a part of it is not enough, and the rest moves the order on', async () => {
    await setTerms('order', { deposit: { kind: 'percent_above', percent: 50, aboveMinor: 1 } });
    const job = await placed();
    await bench.mailed(bench.customer.email, new RegExp(`We have your order ${job.number}`));
    const deposit = job.quote?.depositMinor ?? 0;
    expect(deposit).toBe(Math.ceil((job.quote?.totalMinor ?? 0) / 2));
    await bench.invoice(job);
    await owner()(lifecycle.askPayment, empty(job));
    const part = await record(job, { amountMinor: deposit - 1, method: 'card_terminal' });
    expect(part).toMatchObject({ payment: 'partial', dueBeforeProductionMinor: 1 });
    await refusal('not_ready', owner()(lifecycle.releaseJob, empty(job)));
    await record(job, { amountMinor: 1, method: 'cash' });
    await bench.untilIn(job, 'ready_to_make');
    await setTerms('order', {});
  });

  test('DF-30 online payment opens only after the confirmation, and only for what is open', async () => {
    const draft = await bench.draft({ template: 'order' });
    await refusal('not_ready', payJob(draft));
    const job = await bench.place(draft);
    const { totalMinor } = await bench.invoice(job);
    expect(await payJob(job)).toBe(totalMinor);
    await untilAccount(job, 'the payment', ({ payment }) => payment === 'paid');
    await refusal('not_allowed_now', payJob(job));
  });

  const releaseWith = (job: JobView, netDays: number) =>
    owner()(lifecycle.releaseJob, { ...params(job), body: { netDays, override: 'on trust' } });
});

test('CO-66 every invoice, payment, refund and credit note of a period is exported with its stable id, its sums and its name in accounting', async () => {
  const { job, invoiceId, totalMinor } = await invoicedPiece();
  const { payments } = await record(job, {
    amountMinor: totalMinor,
    method: 'check',
    reference: '=HYPERLINK("x")',
  });
  const paymentId = payments[0]?.id ?? '';
  const ref = { kind: 'payment' as const, id: paymentId, system: 'xero', externalId: 'P-9' };
  for (let time = 0; time < 2; time += 1) await owner()(setExternalRef, { body: ref });
  await owner()(setExternalRef, { body: { ...ref, kind: 'invoice', id: invoiceId, externalId: 'I-9' } });
  const unknown = { ...ref, id: 'pay_01aaaaaaaaaaaaaaaaaaaaaaaa' };
  await refusal('invalid_request', owner()(setExternalRef, { body: unknown }));

  const today = kerf.cloud.clock.now().toISOString().slice(0, 10);
  const shifted = (by: number) => new Date(Date.parse(today) + days(by)).toISOString().slice(0, 10);
  const listed = (list: 'invoices' | 'payments' | 'refunds' | 'credit_notes', from = -1, to = 1) =>
    owner()(exportBooks, { query: { list, from: shifted(from), to: shifted(to) } });
  const row = async (list: 'invoices' | 'payments', id: string) =>
    (await listed(list)).csv.split('\r\n').find((line) => line.includes(id));
  await until('the indexes', async () => (await row('payments', paymentId)) !== undefined);
  const amount = (totalMinor / 100).toFixed(2);
  expect(await row('payments', paymentId)).toMatch(
    new RegExp(`${job.id},.*check,"'=HYPERLINK\\(""x""\\)",USD,${amount},settled,,Ana Owner,xero:P-9$`),
  );
  expect(await row('invoices', invoiceId)).toMatch(
    new RegExp(`USD,\\d+\\.\\d\\d,\\d+\\.\\d\\d,${amount},paid,.*xero:I-9$`),
  );
  expect((await listed('refunds')).csv).toContain('reversal');
  expect((await listed('credit_notes')).csv).toMatch(/CN-000001,.*scratched/);
  expect((await listed('payments', 5, 6)).rows).toBe(0);
  await refusal('invalid_request', listed('payments', 2, 1));
  await refusal('invalid_request', listed('payments', -400, 1));
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import * as money from '#contract/routes/money.ts';
import { editJob } from '#contract/routes/edits.ts';
import { openCheckout } from '#contract/routes/billing.ts';
import { getPortal } from '#contract/routes/portal.ts';
import { createShop } from '#contract/routes/shops.ts';
import { replaceTemplate } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf, until } from '../../scripts/walk/instance.ts';
import { allowInstantOrders, signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { openDraft } from '../support/drive.ts';
import { runningExecutions } from './support/executions.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { byLink, linkSecret, refusal } from './support/orders.ts';

let kerf: Kerf;
let order: Lifecycle;
const params = ({ id }: JobView) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });

beforeAll(async () => {
  kerf = await startKerf();
  order = await openLifecycle(kerf, 'order', 'Order Prints');
});
afterAll(() => kerf?.stop());

const owner = () => order.shop.owner;
const customerSees = async (job: JobView) => order.customer.call(jobs.getJob, params(job));
const release = (job: JobView, override?: string) =>
  owner()(lifecycle.releaseJob, { ...params(job), body: override === undefined ? {} : { override } });

describe('a regular order', () => {
  test('DF-02 DF-03 DF-04 the customer uploads a model, chooses among the shop’s materials and finishes, and says what else matters', async () => {
    const visitor = callerOf(kerf.instance, { kind: 'none' });
    const { materials, finishes } = await visitor(getPortal, { params: { slug: order.shop.slug } });
    expect(materials.length).toBeGreaterThan(3);
    const draft = await order.draft();
    const fileId = draft.files[0]?.id ?? '';
    const { call } = order.customer;
    const choose = (materialId: string, finishId: string) =>
      call(jobs.addPart, { ...params(draft), body: { fileId, materialId, finishId, quantity: 3 } });
    for (const { id, process } of materials.slice(0, 3))
      expect(await choose(id, finishes[0]?.id ?? '')).toMatchObject({ materialId: id, process, wanted: 3 });
    expect((await refusal('invalid_request', choose('unobtainium', 'as-printed'))).problem?.field).toBe(
      'materialId',
    );
    expect((await refusal('invalid_request', choose('pla', 'gilded'))).problem?.field).toBe('finishId');
    const note = 'In signal red, RAL 3001';
    await call(editJob, { ...params(draft), body: { note }, ifMatch: (await order.look(draft)).version });
    expect((await order.look(draft)).note).toBe(note);
  });

  test('DF-06 DF-08 DF-09 DF-10 DF-37 the customer confirms the instant price: Placed, Ready for Payment, and the invoice is there to be paid or downloaded', async () => {
    const draft = await order.draft();
    expect(draft).toMatchObject({ status: 'draft', template: 'order' });
    const placed = await order.place(draft);
    expect(placed).toMatchObject({ status: 'placed', statusLabel: 'Ready for Payment', payment: 'unpaid' });
    expect(await order.look(draft)).toMatchObject({ statusLabel: 'Placed' });
    const invoice = await order.invoice(placed);
    expect(invoice).toMatchObject({ state: 'open', totalMinor: placed.quote?.totalMinor });
    expect(invoice.number).toMatch(/^INV-\d{6}$/);
  });

  test('DF-06 a price that changed since it was seen is not ordered', async () => {
    const draft = await order.draft();
    const body = { totalMinor: 1, name: 'Cleo' };
    await refusal('stale', order.customer.call(lifecycle.placeOrder, { ...params(draft), body }));
    expect((await order.look(draft)).status).toBe('draft');
  });

  test('DF-07 DF-39 DF-41 DF-73 production begins only once the payment terms are met; the payment itself moves the order on, beside its status', async () => {
    const placed = await order.place(await order.draft());
    await refusal('not_ready', release(placed));
    const waiting = await owner()(lifecycle.askPayment, empty(placed));
    expect(waiting).toMatchObject({ status: 'waiting_for_payment', statusLabel: 'Waiting for payment' });
    expect(waiting.dueBeforeProductionMinor).toBe(waiting.quote?.totalMinor);
    await order.pay(placed);
    const free = await order.untilIn(placed, 'ready_to_make');
    expect(free).toMatchObject({
      statusLabel: 'Free for manufacturing',
      payment: 'paid',
      dueBeforeProductionMinor: 0,
    });
  });

  test('DF-07 the shop goes on without the payment for a reason, which stays with the order', async () => {
    const placed = await order.place(await order.draft());
    await refusal('invalid_request', release(placed, ' '));
    const free = await release(placed, 'a customer of many years');
    expect(free).toMatchObject({ status: 'ready_to_make', termsWaived: 'a customer of many years' });
    expect(await customerSees(placed)).not.toHaveProperty('termsWaived');
  });

  test('DF-42 DF-43 DF-44 DF-45 DF-46 DF-48 manufacturing, post-production, re-printing of what is faulty, shipping, delivery', async () => {
    const placed = await order.place(await order.draft({ byHand: true, delivery: 'shipping' }));
    await release(placed, 'on trust');
    const finishing = await order.produce(placed);
    expect(finishing).toMatchObject({ status: 'post_production', statusLabel: 'Post-production' });
    const part = finishing.parts[0];
    const fault = { partId: part?.id ?? '', count: 1, reason: 'layer shift' };
    const faulty = await owner()(lifecycle.reportFault, { ...params(placed), body: fault });
    expect(faulty).toMatchObject({ status: 'rework', statusLabel: 'Re-printing', reworkCycle: 1 });
    expect(faulty.parts[0]).toMatchObject({ good: 0, scrapped: 1 });
    expect((await customerSees(placed)).statusLabel).toBe('In production');
    await refusal('not_ready', owner()(jobs.finishProduction, empty(placed)));

    expect((await order.produce(placed)).status).toBe('post_production');
    const ready = await owner()(jobs.finishProduction, empty(placed));
    expect(ready).toMatchObject({ status: 'ready_for_shipping', statusLabel: 'Ready for shipping' });
    const body = { carrier: 'Parcel Post', tracking: '1Z999' };
    const shipped = await owner()(lifecycle.shipJob, { ...params(placed), body });
    expect(shipped).toMatchObject({ status: 'shipped', shipment: body });
    expect((await customerSees(placed)).shipment).toMatchObject(body);
    const delivered = await owner()(jobs.confirmDelivery, empty(placed));
    expect(delivered).toMatchObject({ status: 'delivered', statusLabel: 'Delivered', payment: 'unpaid' });
  });

  test('DF-47 DF-48 what is picked up waits on the shelf, and is handed over, not sent', async () => {
    const placed = await order.place(await order.draft({ delivery: 'pickup' }));
    await release(placed, 'on trust');
    const ready = await order.produce(placed);
    expect(ready).toMatchObject({ status: 'ready_for_pickup', statusLabel: 'Ready for pickup' });
    await refusal('not_allowed_now', owner()(lifecycle.shipJob, empty(placed)));
    expect((await owner()(jobs.handOver, empty(placed))).statusLabel).toBe('Delivered');
  });

  test('DF-40 DF-50 DF-51 on hold at any time, canceled by the customer or the shop, each with its reason', async () => {
    const placed = await order.place(await order.draft());
    await refusal('invalid_request', owner()(jobs.holdJob, { ...params(placed), body: { reason: '' } }));
    const reason = { reason: 'out of raw material' };
    expect((await owner()(jobs.holdJob, { ...params(placed), body: reason })).statusLabel).toBe('On hold');
    expect((await owner()(jobs.resumeJob, empty(placed))).status).toBe('placed');
    const canceled = await order.customer.call(jobs.cancelJob, {
      ...params(placed),
      body: { reason: 'not needed' },
    });
    expect(canceled.status).toBe('canceled_by_customer');

    const other = await order.place(await order.draft());
    await release(other, 'on trust');
    await refusal(
      'wrong_role',
      order.customer.call(jobs.cancelJob, { ...params(other), body: { reason: 'too late' } }),
    );
    const byShop = await owner()(jobs.cancelJob, { ...params(other), body: { reason: 'machine broke' } });
    expect(byShop).toMatchObject({ status: 'canceled_by_shop', statusLabel: 'Canceled by admin' });
  });
});

describe('an order that is reviewed', () => {
  test('DF-12 DF-13 DF-15 DF-16 DF-17 DF-18 DF-35 submitted for review: Budget offer, no payment, Waiting for review; it can not be made before both have agreed', async () => {
    const draft = await order.draft();
    const submitted = await order.customer.call(jobs.submitJob, empty(draft));
    expect(submitted).toMatchObject({ status: 'review', statusLabel: 'Budget offer' });
    expect(submitted.invoiceId).toBeUndefined();
    expect((await order.look(draft)).statusLabel).toBe('Waiting for review');
    const budget = await order.customer.call(jobs.getPrice, params(draft));
    expect(budget.totalMinor).toBeGreaterThan(0);
    const yes = { version: 1, name: 'Cleo Customer' };
    await refusal('not_allowed_now', order.customer.call(jobs.approveQuote, { ...params(draft), body: yes }));
    await refusal('not_allowed_now', release(draft, 'please'));
  });

  test('DF-19 DF-20 DF-21 DF-32 DF-36 the firm offer is mailed, has no payment before it is confirmed, and then is placed', async () => {
    const draft = await order.draft();
    await order.customer.call(jobs.submitJob, empty(draft));
    const offered = await owner()(jobs.sendQuote, empty(draft));
    expect(offered).toMatchObject({ status: 'quoted', statusLabel: 'Firm offer sent' });
    await order.mailed(order.customer.email, new RegExp(`Your quote for ${draft.number}`));
    const seen = await customerSees(draft);
    expect(seen).toMatchObject({ statusLabel: 'Firm offer' });
    expect(seen.invoiceId).toBeUndefined();
    expect(await order.approve(offered)).toMatchObject({
      status: 'placed',
      statusLabel: 'Ready for Payment',
    });
    expect((await order.invoice(draft)).state).toBe('open');
  });

  test('DF-29 DF-30 DF-32 an offer made for the customer is confirmed from its mail; only then it is placed and can be paid', async () => {
    const { owner: call, slug } = order.shop;
    const theirs = await signInCustomer(kerf.instance, slug);
    const draft = await openDraft({ customer: theirs.call }, { title: 'By phone', template: 'order' });
    await call(jobs.sendQuote, empty(draft));
    const link = byLink(kerf.instance, await linkSecret(kerf.instance, theirs.email, draft.id));
    const offered = await link(jobs.getJob, params(draft));
    expect(offered).toMatchObject({ statusLabel: 'Firm offer', payment: 'unpaid' });
    expect(offered.invoiceId).toBeUndefined();
    const body = { version: offered.quote?.version ?? 0, name: 'Cleo Customer' };
    const placed = await link(jobs.approveQuote, { ...params(draft), body });
    expect(placed).toMatchObject({ status: 'placed', agreedAt: expect.any(String) as string });
    const invoiceId = await until('the invoice', async () => (await order.look(draft)).invoiceId);
    const checkout = { params: { invoiceId }, body: { returnPath: '/' } };
    expect((await theirs.call(openCheckout, checkout)).url).toMatch(/^http/);
  });

  test('DF-27 DF-28 an offer made by the shop goes out of the draft', async () => {
    const draft = await order.draft();
    const offered = await owner()(jobs.sendQuote, empty(draft));
    expect(offered.stays.map(({ status }) => status)).toEqual(['draft', 'quoted']);
  });

  test('a member of the shop answers for the customer, and says how they know', async () => {
    const draft = await order.draft();
    const { quote } = await owner()(jobs.sendQuote, empty(draft));
    const answer = { version: quote?.version ?? 0, name: 'Cleo' };
    await refusal('invalid_request', owner()(jobs.approveQuote, { ...params(draft), body: answer }));
    const placed = await owner()(jobs.approveQuote, {
      ...params(draft),
      body: { ...answer, onBehalf: 'on the phone' },
    });
    expect(placed).toMatchObject({
      status: 'placed',
      quotes: [{ state: 'approved', answer: 'on the phone' }],
    });
  });
});

describe('the change button', () => {
  test('DF-52 DF-65 shows the mails first, then takes any arrow of the template; what is missing needs a reason that is kept', async () => {
    const placed = await order.place(await order.draft());
    const preview = (override: 'true' | 'false') =>
      owner()(lifecycle.previewChange, { ...params(placed), query: { to: 'ready_to_make', override } });
    expect(await preview('false')).toMatchObject({
      missing: expect.stringContaining('payment') as string,
      mails: [],
    });
    const shown = await preview('true');
    expect(shown).toMatchObject({ fromLabel: 'Placed', toLabel: 'Free for manufacturing' });
    expect(shown.mails.map(({ to }) => to)).toEqual(['shop', 'customer']);
    expect((await order.look(placed)).status).toBe('placed');

    const change = { to: 'ready_to_make' as const, reason: 'paid in cash' };
    await refusal('not_ready', owner()(lifecycle.changeJob, { ...params(placed), body: change }));
    await refusal(
      'not_allowed_now',
      owner()(lifecycle.changeJob, { ...params(placed), body: { ...change, to: 'shipped', override: true } }),
    );
    const changed = await owner()(lifecycle.changeJob, {
      ...params(placed),
      body: { ...change, override: true },
    });
    expect(changed.status).toBe('ready_to_make');
    for (const mail of shown.mails)
      await order.mailed(mail.to === 'shop' ? order.shop.ownerEmail : order.customer.email, /went from/);
    await order.mailed(order.shop.ownerEmail, /from "Placed" to "Free for manufacturing"/);
  });

  test('DF-52 every step says where it leads and why it can not be taken yet', async () => {
    const placed = await order.look(await order.place(await order.draft({ quantity: 1 })));
    const steps = new Map(placed.steps.map((step) => [step.command, step]));
    expect(steps.get('provide_po')?.to).toEqual([{ status: 'po_provided', label: 'PO provided' }]);
    const free = await release(placed, 'on trust');
    const finish = free.steps.find(({ command }) => command === 'finish');
    expect(finish?.missing).toBe('Still missing: 1 of "cube.stl".');
    expect(placed.way.map(({ label }) => label)).toContain('Manufacturing');
  });
});

describe('a purchase order', () => {
  test('DF-67 a purchase order whose payment is taken back falls due again, though its workflow had ended with the money', async () => {
    const placed = await order.place(await order.draft());
    await order.customer.call(lifecycle.providePurchaseOrder, {
      ...params(placed),
      body: { number: 'PO-0815' },
    });
    await release(placed);
    await order.produce(placed);
    await owner()(jobs.handOver, empty(placed));
    const amountMinor = placed.quote?.totalMinor ?? 0;
    const account = await owner()(money.recordPayment, {
      ...params(placed),
      body: { amountMinor, method: 'check', reference: '1004' },
    });
    expect(account.payment).toBe('paid');
    await until('its workflow to end', async () => (await runningExecutions(placed.id)).length === 0);
    // Long after the reconciler has looked for the last time.
    kerf.cloud.clock.advance(days(35));
    const looks = () => kerf.cloud.host.stats()['reconcile-workflows']?.invocations ?? 0;
    const before = looks();
    await until('the reconciler to look twice', async () => looks() > before + 2);
    await owner()(money.reversePayment, {
      params: { jobId: placed.id, paymentId: account.payments[0]?.id ?? '' },
      body: { reason: 'the check bounced' },
    });
    kerf.cloud.clock.advance(minutes(4));
    await order.untilIn(placed, 'payment_due');
  });

  test('DF-38 DF-49 DF-67 is told of two days before, falls due after delivery, is called for again, and its payment leads back', async () => {
    const placed = await order.place(await order.draft());
    const body = { number: 'PO-4711' };
    const provided = await order.customer.call(lifecycle.providePurchaseOrder, { ...params(placed), body });
    expect(provided).toMatchObject({ status: 'po_provided', statusLabel: 'PO received', po: body });
    await order.mailed(order.shop.ownerEmail, /from "Placed" to "PO provided"/);
    await release(placed);
    await order.produce(placed);
    await owner()(jobs.handOver, empty(placed));
    await kerf.cloud.settled();

    kerf.cloud.clock.advance(days(28) + minutes(10));
    await order.mailed(
      order.customer.email,
      new RegExp(`Payment for order ${placed.number} is due in 2 days`),
    );
    await kerf.cloud.settled();
    expect((await order.look(placed)).status).toBe('delivered');
    // A restart of everything loses nothing of it.
    await kerf.restart();
    kerf.cloud.clock.advance(days(2));
    const due = await order.untilIn(placed, 'payment_due');
    expect(due).toMatchObject({ statusLabel: 'PO Payment due', flags: ['po_due_soon'] });
    await order.mailed(order.shop.ownerEmail, /from "Delivered" to "PO Payment due"/);
    for (const later of [1, 6, 7]) {
      await kerf.cloud.settled();
      const before = (await order.events(placed)).filter((type) => type === 'po.overdue').length;
      kerf.cloud.clock.advance(days(later) + minutes(1));
      await until('the next reminder', async () => {
        const told = (await order.events(placed)).filter((type) => type === 'po.overdue').length;
        return told === before + 1;
      });
    }
    expect((await order.look(placed)).flags).toEqual([
      'po_due_soon',
      'po_overdue_1',
      'po_overdue_7',
      'po_overdue_14',
    ]);
    await order.pay(placed);
    expect(await order.untilIn(placed, 'delivered')).toMatchObject({ payment: 'paid' });
    await kerf.cloud.settled();
    expect((await order.events(placed)).filter((type) => type === 'po.due')).toHaveLength(1);
  });

  test('DF-49 the shop may call for its money from any status after the purchase order', async () => {
    const placed = await order.place(await order.draft());
    await refusal('not_allowed_now', owner()(lifecycle.callPaymentDue, empty(placed)));
    await order.customer.call(lifecycle.providePurchaseOrder, {
      ...params(placed),
      body: { number: 'PO-1' },
    });
    await release(placed);
    expect((await owner()(lifecycle.callPaymentDue, empty(placed))).status).toBe('payment_due');
    await order.pay(placed);
    await order.untilIn(placed, 'ready_to_make');
  });
});

test('DF-33 a shop renames, switches off and sets payment terms in its own copy; open jobs follow at once', async () => {
  const placed = await order.place(await order.draft());
  const params_ = { params: { name: 'order' as const } };
  const copy = {
    statuses: { placed: { shop: 'Neu' } },
    off: ['po_provided' as const],
    deposit: { kind: 'none' as const },
  };
  const wrong = { statuses: { review: { shop: 'Placed' } } };
  const fault = await refusal(
    'invalid_request',
    owner()(replaceTemplate, { ...params_, body: wrong, ifMatch: 0 }),
  );
  expect(fault.problem?.field).toBe('statuses.placed.shop');
  const mine = await owner()(replaceTemplate, { ...params_, body: copy, ifMatch: 0 });
  expect(mine.version).toBe(1);
  await refusal('stale', owner()(replaceTemplate, { ...params_, body: copy, ifMatch: 0 }));
  const now = await order.look(placed);
  expect(now.statusLabel).toBe('Neu');
  expect(now.next).not.toContain('provide_po');
  expect((await release(placed)).status).toBe('ready_to_make');
  await owner()(replaceTemplate, { ...params_, body: { statuses: {}, off: [] }, ifMatch: 1 });
});

describe('whose sale it is', () => {
  test('DF-31 a payment goes to the shop’s own account with the provider, in full, for the invoice of that shop', async () => {
    const placed = await order.place(await order.draft());
    const invoice = await order.invoice(placed);
    const charges = async () => {
      const response = await fetch(`http://127.0.0.1:${kerf.cloud.ports.payments}/_sim/charges`);
      const told = (await response.json()) as { charges: { account: string | null; amount: number }[] };
      return told.charges;
    };
    const before = await charges();
    await order.pay(placed);
    const [charge, ...others] = (await charges()).slice(before.length);
    expect(others).toEqual([]);
    expect(charge).toMatchObject({
      account: expect.stringMatching(/^acct_/) as string,
      amount: invoice.totalMinor,
    });
  });

  test('DF-30 DF-34 where the shop takes no online payments none is offered, and the order stands all the same', async () => {
    const token = await signUpPerson(kerf.instance, `cash-${randomUUID()}@shop.example`, 'Carl Cash');
    const person = callerOf(kerf.instance, { kind: 'staff', token });
    const shop = await person(createShop, {
      body: { name: 'Cash Only', currency: 'USD', timeZone: 'Europe/Berlin' },
    });
    const cashier = callerOf(kerf.instance, { kind: 'staff', token, shopId: shop.id });
    await allowInstantOrders(cashier);
    const customer = await signInCustomer(kerf.instance, shop.slug);
    const draft = await openDraft({ customer: customer.call }, { title: 'Cash', template: 'order' });
    const { totalMinor } = await customer.call(jobs.getPrice, params(draft));
    const body = { totalMinor: totalMinor ?? 0, name: 'Cleo Customer' };
    await customer.call(lifecycle.placeOrder, { ...params(draft), body });
    const invoiceId = await until(
      'the invoice',
      async () => (await cashier(jobs.getJob, params(draft))).invoiceId,
    );
    const checkout = { params: { invoiceId }, body: { returnPath: '/' } };
    const none = await refusal('not_ready', customer.call(openCheckout, checkout));
    expect(none.message).toContain('takes no online payments');
    expect(await cashier(jobs.getJob, params(draft))).toMatchObject({ status: 'placed', payment: 'unpaid' });
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import type { JobView } from '#contract/views/job.ts';
import type { SentMail } from '#local/wire/mailbox.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { letMailsGo, wholeLog } from './support/orders.ts';

let kerf: Kerf;
let shop: Lifecycle;
const billing = `billing-${randomUUID()}@mail.example`;
const params = ({ id }: JobView) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });
const owner = () => shop.shop.owner;
const reason = { reason: 'as agreed on the phone' };

/** The orders whose mails are read below, each driven along its own road. */
let orders: Record<'reviewed' | 'offered' | 'shipped' | 'picked' | 'onAccount' | 'paying' | 'left', JobView>;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openLifecycle(kerf, 'order', 'Letter Prints');
  // Reads its environment, which the cloud has set by now.
  const { tenant } = await import('../../lambdas/adapters/dynamo/tenant.ts');
  await tenant(shop.shop.shopId)
    .entities.customer.patch({ id: shop.customer.customerId })
    .set({ billingContact: { name: 'Bo Books', email: billing } })
    .go();

  const reviewed = await shop.draft();
  await shop.customer.call(jobs.submitJob, empty(reviewed));
  await owner()(jobs.sendQuote, empty(reviewed));

  const offered = await shop.draft();
  await owner()(jobs.sendQuote, empty(offered));
  await owner()(jobs.cancelJob, { ...params(offered), body: reason });

  const shipped = await shop.place(await shop.draft({ byHand: true, delivery: 'shipping', quantity: 2 }));
  await owner()(jobs.holdJob, { ...params(shipped), body: reason });
  await owner()(jobs.resumeJob, empty(shipped));
  await owner()(lifecycle.releaseJob, { ...params(shipped), body: { override: 'on trust' } });
  const finishing = await shop.produce(shipped);
  const fault = { partId: finishing.parts[0]?.id ?? '', count: 1, reason: 'layer shift' };
  await owner()(lifecycle.reportFault, { ...params(shipped), body: fault });
  await shop.produce(shipped);
  await owner()(jobs.finishProduction, empty(shipped));
  const parcel = { carrier: 'Parcel Post', tracking: '1Z999' };
  await owner()(lifecycle.shipJob, { ...params(shipped), body: parcel });
  await owner()(jobs.confirmDelivery, empty(shipped));

  const picked = await shop.place(await shop.draft());
  await owner()(lifecycle.askPayment, empty(picked));
  await shop.pay(picked);
  await shop.untilIn(picked, 'ready_to_make');
  await shop.produce(picked);

  const onAccount = await shop.place(await shop.draft());
  const number = { number: 'PO-4711' };
  await shop.customer.call(lifecycle.providePurchaseOrder, { ...params(onAccount), body: number });

  const paying = await shop.place(await shop.draft());
  const left = await shop.place(await shop.draft());
  await shop.customer.call(jobs.cancelJob, { ...params(left), body: { reason: 'not needed' } });
  orders = { reviewed, offered, shipped, picked, onAccount, paying, left };
  await kerf.cloud.settled();
  await letMailsGo(kerf.instance, owner(), await wholeLog(owner()));
}, 120_000);
afterAll(() => kerf?.stop());

const addressOf = (to: 'customer' | 'shop') => (to === 'shop' ? shop.shop.ownerEmail : shop.customer.email);

/** The mails about an order to one side that say all of this. */
const mailsAbout = (job: JobView, to: 'customer' | 'shop', ...words: string[]): SentMail[] =>
  kerf.cloud.mail
    .list({ to: addressOf(to), limit: 5000 })
    .filter(({ subject, text }) =>
      [job.number, ...words].every((word) => `${subject}\n${text ?? ''}`.includes(word)),
    );
const course = (from: string, to: string) => `The order went from "${from}" to "${to}".`;

type Order = keyof typeof orders;
type Row = [id: string, to: 'customer' | 'shop', order: Order, ...words: string[]];

const rows: Row[] = [
  [
    'DF-54 Placed',
    'customer',
    'paying',
    'We have your order',
    'has received your order',
    'Ready for Payment',
  ],
  [
    'DF-55 Placed',
    'shop',
    'paying',
    'New order',
    'A new order was received',
    course('Draft (IQT)', 'Placed'),
  ],
  [
    'DF-56 Waiting for review',
    'customer',
    'reviewed',
    'has received your request',
    course('Cart', 'Budget offer'),
  ],
  [
    'DF-57 Waiting for review',
    'shop',
    'reviewed',
    'needs to be reviewed',
    course('Draft (IQT)', 'Waiting for review'),
  ],
  [
    'DF-58 DF-19 Firm offer sent',
    'customer',
    'reviewed',
    'Your quote for',
    'Review and approve: http',
    '#link=',
  ],
  ['DF-59 Firm offer sent', 'shop', 'reviewed', course('Waiting for review', 'Firm offer sent')],
  [
    'DF-58 DF-29 Firm offer sent out of the quotation tool',
    'customer',
    'offered',
    course('Cart', 'Firm offer'),
    '#link=',
  ],
  [
    'DF-59 Firm offer sent out of the quotation tool',
    'shop',
    'offered',
    course('Draft (IQT)', 'Firm offer sent'),
  ],
  [
    'DF-60 PO provided',
    'customer',
    'onAccount',
    'has your purchase order PO-4711',
    course('Ready for Payment', 'PO received'),
  ],
  ['DF-61 PO provided', 'shop', 'onAccount', course('Placed', 'PO provided')],
  [
    'DF-62 Waiting for payment',
    'customer',
    'picked',
    'is waiting for your payment of $',
    'See and pay your order: http',
  ],
  ['DF-63 Waiting for payment', 'shop', 'picked', course('Placed', 'Waiting for payment')],
  ['DF-64 On hold', 'customer', 'shipped', course('Ready for Payment', 'On hold')],
  ['DF-65 On hold', 'shop', 'shipped', course('Placed', 'On hold'), 'Reason: as agreed on the phone'],
  ['DF-64 back from hold', 'customer', 'shipped', course('On hold', 'Ready for Payment')],
  ['DF-65 back from hold', 'shop', 'shipped', course('On hold', 'Placed')],
  ['DF-64 Free for manufacturing', 'customer', 'shipped', course('Ready for Payment', 'In queue')],
  ['DF-65 Free for manufacturing', 'shop', 'shipped', course('Placed', 'Free for manufacturing')],
  [
    'DF-65 Free for manufacturing after the payment',
    'shop',
    'picked',
    course('Waiting for payment', 'Free for manufacturing'),
  ],
  ['DF-64 Manufacturing', 'customer', 'shipped', course('In queue', 'In production')],
  ['DF-65 Manufacturing', 'shop', 'shipped', course('Free for manufacturing', 'Manufacturing')],
  ['DF-64 Post-production', 'customer', 'shipped', course('In production', 'Finishing')],
  ['DF-65 Post-production', 'shop', 'shipped', course('Manufacturing', 'Post-production')],
  ['DF-64 Re-printing', 'customer', 'shipped', course('Finishing', 'In production'), 'made again'],
  ['DF-65 Re-printing', 'shop', 'shipped', course('Post-production', 'Re-printing'), 'layer shift'],
  ['DF-64 Ready for shipping', 'customer', 'shipped', course('Finishing', 'Ready to ship')],
  ['DF-65 Ready for shipping', 'shop', 'shipped', course('Post-production', 'Ready for shipping')],
  ['DF-64 Shipped', 'customer', 'shipped', course('Ready to ship', 'Shipped'), 'Shipment: Parcel Post 1Z999'],
  ['DF-65 Shipped', 'shop', 'shipped', course('Ready for shipping', 'Shipped')],
  ['DF-64 Delivered', 'customer', 'shipped', course('Shipped', 'Delivered')],
  ['DF-65 Delivered', 'shop', 'shipped', course('Shipped', 'Delivered')],
  ['DF-64 Ready for pickup', 'customer', 'picked', course('In production', 'Ready for pickup')],
  ['DF-65 Ready for pickup', 'shop', 'picked', course('Manufacturing', 'Ready for pickup')],
  ['DF-64 Canceled by customer', 'customer', 'left', course('Ready for Payment', 'Canceled')],
  ['DF-65 Canceled by customer', 'shop', 'left', course('Placed', 'Canceled by customer'), 'not needed'],
  ['DF-64 Canceled by admin', 'customer', 'offered', course('Firm offer', 'Canceled')],
  ['DF-65 Canceled by admin', 'shop', 'offered', course('Firm offer sent', 'Canceled by admin')],
  ['DF-70 Paid', 'customer', 'picked', 'has received your payment', 'is paid'],
  ['DF-71 Paid', 'shop', 'picked', 'has paid', 'is paid'],
];

describe('every status of an order is told to both sides', () => {
  test.each(rows)('%s -> %s: one mail with the real previous status', (id, to, order, ...words) => {
    const about = mailsAbout(orders[order], to, ...words);
    // What is made again is finished twice.
    expect(
      about.map(({ subject }) => subject),
      kerf.cloud.mail
        .list({ to: addressOf(to), limit: 5000 })
        .filter(({ text }) => text?.includes(orders[order].number))
        .map(({ subject, text }) => `${subject}\n${text}`)
        .join('\n---\n'),
    ).toHaveLength(id.includes('Post-production') ? 2 : 1);
  });

  test('DF-53 DF-54 each contains the order’s details, its status, and one link', async () => {
    const { shipped } = orders;
    const total = shipped.quote?.totalMinor ?? 0;
    for (const to of ['customer', 'shop'] as const) {
      const mails = mailsAbout(shipped, to, 'The order went from');
      expect(mails.length).toBeGreaterThanOrEqual(10);
      for (const { text } of mails) {
        expect(text).toContain('2 × cube.stl (PLA');
        expect(text).toContain(`Total: $${(total / 100).toFixed(2)}`);
        expect(text).toMatch(/^Status: .+$/m);
        expect(text?.match(/http\S+/g)).toHaveLength(1);
      }
    }
  });

  test('what the shop keeps to itself is in no mail to the customer', () => {
    const about = mailsAbout(orders.shipped, 'customer').map(({ text }) => text ?? '');
    for (const secret of ['layer shift', 'as agreed on the phone', 'on trust'])
      expect(about.filter((text) => text.includes(secret))).toEqual([]);
  });
});

describe('the billing contact', () => {
  test('DF-69 gets a copy of Firm offer sent, Placed, PO provided and Payment due, and of nothing else', async () => {
    const copies = kerf.cloud.mail.list({ to: billing, limit: 5000 });
    expect(copies.every(({ cc, to }) => cc.includes(billing) && to.includes(shop.customer.email))).toBe(true);
    const about = (order: Order) =>
      copies
        .filter(({ text }) => text?.includes(orders[order].number))
        .map(({ text }) => /^Status: (.*)$/m.exec(text ?? '')?.[1])
        .reverse();
    expect(about('reviewed')).toEqual(['Firm offer']);
    expect(about('shipped')).toEqual(['Ready for Payment']);
    expect(about('onAccount')).toEqual(['Ready for Payment', 'PO received']);
    expect(about('picked')).toEqual(['Ready for Payment']);
  });
});

describe('a purchase order that falls due', () => {
  test('DF-66 DF-67 DF-68 DF-69 DF-70 DF-71 reminder two days before, then due to both with the page to pay on, copied to the billing contact, then paid', async () => {
    const { onAccount } = orders;
    await owner()(lifecycle.releaseJob, empty(onAccount));
    await shop.produce(onAccount);
    await owner()(jobs.handOver, empty(onAccount));
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(28) + minutes(10));
    await shop.mailed(
      shop.customer.email,
      new RegExp(`Payment for order ${onAccount.number} is due in 2 days`),
    );
    expect(
      mailsAbout(onAccount, 'customer', 'PO-4711 is due on 20', 'See and pay your order: http'),
    ).toHaveLength(1);
    kerf.cloud.clock.advance(days(2));
    await shop.untilIn(onAccount, 'payment_due');
    await kerf.cloud.settled();
    const due = mailsAbout(
      onAccount,
      'customer',
      course('Delivered', 'Payment due'),
      'See and pay your order: http',
    );
    expect(due).toHaveLength(1);
    expect(due[0]?.cc).toEqual([billing]);
    expect(mailsAbout(onAccount, 'shop', course('Delivered', 'PO Payment due'))).toHaveLength(1);
    await shop.pay(onAccount);
    await shop.untilIn(onAccount, 'delivered');
    await kerf.cloud.settled();
    expect(mailsAbout(onAccount, 'customer', 'has received your payment')).toHaveLength(1);
    expect(mailsAbout(onAccount, 'shop', 'is paid', 'has paid')).toHaveLength(1);
    expect(mailsAbout(onAccount, 'shop', course('PO Payment due', 'Delivered'))).toHaveLength(1);
  });

  test('DF-72 DF-73 an order that becomes unpaid is told to nobody: paid and unpaid are no statuses', async () => {
    const { onAccount } = orders;
    const before = {
      customer: mailsAbout(onAccount, 'customer').length,
      shop: mailsAbout(onAccount, 'shop').length,
    };
    const reopened = await owner()(jobs.reopenJob, { ...params(onAccount), body: reason });
    expect(reopened.payment).toBe('unpaid');
    await kerf.cloud.settled();
    for (const to of ['customer', 'shop'] as const) {
      const news = mailsAbout(onAccount, to).slice(0, mailsAbout(onAccount, to).length - before[to]);
      expect(news.map(({ subject }) => subject)).toEqual([`Order ${onAccount.number} is open again`]);
      expect(news[0]?.text).not.toMatch(/unpaid/i);
    }
  });
});

describe('the other job types', () => {
  test('CO-22 CO-54 fabrication: the offer and the readiness are mailed; steps inside the shop are not', async () => {
    const draft = await shop.draft({ template: 'fabrication' });
    await shop.customer.call(jobs.submitJob, empty(draft));
    await owner()(jobs.startQuoting, empty(draft));
    const sent = await owner()(jobs.sendQuote, empty(draft));
    await shop.mailed(
      shop.customer.email,
      new RegExp(`Your quote for ${draft.number}[^]*Review and approve: http`),
    );
    await shop.approve(sent);
    await shop.produce(draft);
    await inspectAndPass(owner(), draft.id);
    await shop.mailed(shop.customer.email, new RegExp(`Order ${draft.number} is ready[^]*picked up`));
    await kerf.cloud.settled();
    expect(
      mailsAbout(draft, 'customer')
        .map(({ subject }) => subject)
        .reverse(),
    ).toEqual([
      `We have your request ${draft.number}`,
      expect.stringContaining(`Your quote for ${draft.number}: $`) as string,
      `Order ${draft.number} is confirmed`,
      `Order ${draft.number} is ready`,
    ]);
    expect(
      mailsAbout(draft, 'shop')
        .map(({ subject }) => subject)
        .reverse(),
    ).toEqual([`New request ${draft.number} from Cleo Customer`, `Cleo Customer approved ${draft.number}`]);
  });

  test('CO-58 the customer is mailed the shipment with carrier and tracking', () => {
    const [mail] = mailsAbout(orders.shipped, 'customer', 'is on its way');
    expect(mail?.text).toContain('Parcel Post 1Z999');
  });

  test('JT-46 JT-47 custom: the vendor is mailed by the step itself, under the six-digit number, without a price; the salesperson hears of the answer', async () => {
    const piece = await shop.piece();
    await owner()(lifecycle.recordPrice, { ...params(piece), body: { lines: oneRing } });
    const vendor = { name: 'Casting House', email: `casting-${randomUUID()}@vendor.example` };
    await owner()(lifecycle.askVendor, { ...params(piece), body: { vendor, message: '14k, size 54.' } });
    const number = piece.number.replace(/^\D+/, '');
    expect(number).toMatch(/^\d{6}$/);
    const text = await shop.mailed(vendor.email, /Quote request for Custom/);
    expect(text.split('\n')[0]).toBe(`Quote request for Custom Build #${number} - Engagement ring`);
    expect(text).toContain('14k, size 54.');
    expect(text).not.toMatch(/\$|Total/);
    expect(text).toMatch(/See the request and answer: http\S+\/vendor\/job_/);
    await owner()(lifecycle.declineVendorRequest, { ...params(piece), body: { reason: 'no capacity' } });
    await shop.mailed(
      shop.shop.ownerEmail,
      new RegExp(`Casting House declined ${piece.number}[^]*no capacity`),
    );
  });
});

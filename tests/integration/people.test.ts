import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import * as customers from '#contract/routes/customers.ts';
import { getInvoice } from '#contract/routes/billing.ts';
import { createPurchaseOrder, getVendorOrder } from '#contract/routes/documents.ts';
import { changePromise, changeSalesperson, editJob } from '#contract/routes/edits.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as lifecycle from '#contract/routes/lifecycle.ts';
import { createPhoto, listPhotos, removePhoto } from '#contract/routes/quality.ts';
import { getQuoteDraft } from '#contract/routes/quotes.ts';
import { getMe, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import * as vendors from '#contract/routes/vendors.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf, mailsTo, mailWith, until } from '../../scripts/walk/instance.ts';
import { signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { postForm } from '../../scripts/walk/request.ts';
import { openDraft } from '../support/drive.ts';
import { days, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { oneRing, openLifecycle, type Lifecycle } from './support/lifecycle.ts';
import { refusal } from './support/orders.ts';

let kerf: Kerf;
let bench: Lifecycle;
const params = ({ id }: { id: string }) => ({ params: { jobId: id } });
const empty = (job: JobView) => ({ ...params(job), body: {} });
const owner = () => bench.shop.owner;
const offer = (job: JobView) => owner()(jobs.sendQuote, { ...params(job), body: { lines: oneRing } });

beforeAll(async () => {
  kerf = await startKerf();
  bench = await openLifecycle(kerf, 'custom', 'Bespoke Bench');
  const { version, currency: _, ...book } = await owner()(getPriceBook, {});
  await owner()(replacePriceBook, { body: { ...book, taxPercent: 10 }, ifMatch: version });
});
afterAll(() => kerf?.stop());

const workshop = {
  label: 'Workshop',
  recipient: 'Cleo Customer',
  street1: 'Main Street 1',
  city: 'Springfield',
  region: 'IL',
  postalCode: '62701',
  country: 'US',
};
const billing = { name: 'Bea Books', email: 'books@mail.example' };

describe('customers', () => {
  const newcomer = () => signInCustomer(kerf.instance, bench.shop.slug);
  const self = async (call: Call, customerId: string) =>
    call(customers.getCustomer, { params: { customerId } });

  test('DF-01 DF-05 a customer keeps contact, billing contact and addresses; an order is shipped where they say', async () => {
    const { call, customerId, email } = await newcomer();
    const { version } = await self(call, customerId);
    const home = { ...workshop, label: 'Home', street1: 'Side Street 2' };
    const card = {
      name: 'Cleo C.',
      email,
      company: 'Cleo Ltd',
      phone: '+1 555 0100',
      billingContact: billing,
      addresses: [workshop, home],
    };
    const saved = await call(customers.replaceContact, {
      params: { customerId },
      body: card,
      ifMatch: version,
    });
    expect(saved).toMatchObject({ ...card, version: version + 1 });
    expect(saved.addresses.map(({ defaultFor }) => defaultFor)).toEqual([['shipping', 'billing'], []]);
    const open = (shipTo?: string) =>
      call(jobs.createJob, {
        body: { title: 'Cube', delivery: 'shipping', ...(shipTo === undefined ? {} : { shipTo }) },
      });
    expect((await open()).contact).toMatchObject({ shipTo: { label: 'Workshop' }, billingContact: billing });
    expect((await open('Home')).contact.shipTo?.street1).toBe('Side Street 2');
    expect((await refusal('invalid_request', open('Castle'))).problem?.field).toBe('shipTo');
  });

  test('a customer edits neither another customer nor what is the shop’s; an old version is stale', async () => {
    const [one, other] = await Promise.all([newcomer(), newcomer()]);
    const card = { name: 'X', email: one.email };
    const edit = (call: Call, customerId: string, body: object, ifMatch = 1) =>
      call(customers.replaceContact, { params: { customerId }, body: { ...card, ...body }, ifMatch });
    await refusal('not_found', edit(one.call, other.customerId, { email: other.email }));
    const { version } = await self(one.call, one.customerId);
    await refusal('invalid_request', edit(one.call, one.customerId, { email: other.email }, version));
    await refusal('invalid_request', edit(one.call, one.customerId, { note: 'vip' }, version));
    await refusal('stale', edit(owner(), one.customerId, {}, version + 5));
    const noted = await edit(owner(), one.customerId, { note: 'pays late' }, version);
    expect(noted.note).toBe('pays late');
    expect(await self(one.call, one.customerId)).not.toHaveProperty('note');
    // The address they sign in by moves with them, and is nobody else's.
    await refusal('taken', edit(owner(), one.customerId, { email: other.email }, version + 1));
    const moved = `moved-${randomUUID()}@mail.example`;
    await edit(owner(), one.customerId, { email: moved }, version + 1);
    expect((await signInCustomer(kerf.instance, bench.shop.slug, moved)).customerId).toBe(one.customerId);
  });

  test('are found by a part of name, company or address, and archived ones are out of the way', async () => {
    const mark = randomUUID().slice(0, 8);
    const made = await owner()(customers.createCustomer, {
      body: { name: `Zoe ${mark}`, email: `${mark}@mail.example`, company: 'Zoe & Co' },
    });
    const find = async (search: string, archived = false) =>
      (await owner()(customers.listCustomers, { query: { search, archived: archived ? 'true' : 'false' } }))
        .customers;
    expect(await find(mark.toUpperCase())).toMatchObject([{ id: made.id }]);
    const archive = (archived: boolean) =>
      owner()(customers.archiveCustomer, { params: { customerId: made.id }, body: { archived } });
    await archive(true);
    expect(await find(mark)).toEqual([]);
    expect(await find(mark, true)).toMatchObject([{ id: made.id }]);
    const open = { title: 'Cube', customerId: made.id };
    await refusal('not_ready', owner()(jobs.createJob, { body: open }));
    expect((await archive(false)).archivedAt).toBeUndefined();
    expect((await owner()(jobs.createJob, { body: open })).customer.customerId).toBe(made.id);
    const strange = owner()(customers.listCustomers, { query: { cursor: 'eyJwayI6IlNIT1AifQ' } });
    expect((await refusal('invalid_request', strange)).problem?.field).toBe('cursor');
  });

  test('JT-30 JT-31 a bespoke job needs a customer of the shop, keeps them as they were when saved or quoted, and no later edit changes it', async () => {
    const { call, customerId, email } = await newcomer();
    const promisedDate = '2099-01-01';
    const wish = { title: 'Ring', template: 'custom' as const, promisedDate };
    const without = await refusal('invalid_request', owner()(jobs.createJob, { body: wish }));
    expect(without.problem?.field).toBe('customerId');
    const edit = async (body: object) => {
      const { version } = await self(call, customerId);
      const card = { name: 'Cleo', email, addresses: [workshop], ...body };
      await owner()(customers.replaceContact, { params: { customerId }, body: card, ifMatch: version });
    };
    const exempt = (expiresOn: string) =>
      owner()(customers.setPriceTerms, {
        params: { customerId },
        body: {
          discountPercent: 0,
          tax: { kind: 'exempt', certificate: 'IL-1', expiresOn },
          dueDays: 45,
        },
      });
    await edit({ company: 'First Ltd' });
    const job = await owner()(jobs.createJob, { body: { ...wish, customerId } });
    await edit({ company: 'Second Ltd', name: 'Cleo Second' });
    await exempt('2098-12-31');
    expect(await bench.look(job)).toMatchObject({
      customer: { name: 'Cleo' },
      contact: { company: 'First Ltd' },
    });
    const quoted = await offer(job);
    expect(quoted).toMatchObject({ customer: { name: 'Cleo Second' }, contact: { company: 'Second Ltd' } });
    const untaxed = quoted.quotes[0]?.price.taxMinor;
    expect(untaxed).toBe(0);

    await edit({ company: 'Third Ltd', addresses: [] });
    await exempt('2020-01-01');
    await call(jobs.approveQuote, { ...params(job), body: { version: 1, name: 'Cleo' } });
    await owner()(lifecycle.markReady, empty(job));
    const kept = await bench.look(job);
    expect(kept.contact).toMatchObject({ company: 'Second Ltd', shipTo: { label: 'Workshop' } });
    expect(kept.quotes[0]?.price.taxMinor).toBe(0);
    const invoiceId = await until('the invoice', async () => (await bench.look(job)).invoiceId);
    const invoice = await owner()(getInvoice, { params: { invoiceId } });
    expect(invoice).toMatchObject({ taxMinor: 0, customer: { name: 'Cleo Second' } });

    // The account knows what is owed, and the card that the certificate is over.
    const account = await owner()(customers.getCustomerAccount, { params: { customerId } });
    expect(account).toMatchObject({
      invoices: [{ id: invoiceId, owedMinor: invoice.totalMinor }],
      owed: [{ currency: 'USD', minor: invoice.totalMinor }],
    });
    const mine = await owner()(jobs.listJobs, { query: { customerId } });
    expect(mine.jobs.map(({ id }) => id)).toEqual([job.id]);
    expect((await self(owner(), customerId)).taxWarning).toMatch(/IL-1 ended on 2020-01-01/);
    const next = await owner()(jobs.createJob, { body: { ...wish, customerId } });
    expect((await offer(next)).quotes[0]?.price.taxMinor).toBeGreaterThan(0);
  });

  test('a purchase order is due after the days agreed with the customer, not the template’s', async () => {
    const { call, customerId } = await newcomer();
    await owner()(customers.setPriceTerms, {
      params: { customerId },
      body: { discountPercent: 0, tax: { kind: 'taxable' }, dueDays: 7 },
    });
    const job = await openDraft({ customer: call }, { title: 'Cube', template: 'order' });
    const placed = await bench.place(job, call);
    const body = { number: 'PO-7' };
    const { po } = await call(lifecycle.providePurchaseOrder, { ...params(placed), body });
    const agreed = Date.parse((await bench.look(job)).agreedAt ?? '');
    expect(Date.parse(po?.dueAt ?? '') - agreed).toBe(days(7));
  });
});

describe('who sees a piece through, and by when', () => {
  test('JT-32 another member takes over, with a reason in the log', async () => {
    const job = await bench.piece();
    const { commitDirectory, memberships } = await import('#lambdas/adapters/dynamo/directory.ts');
    const token = await signUpPerson(kerf.instance, `bo-${randomUUID()}@shop.example`, 'Bo Sales');
    const { personId } = await callerOf(kerf.instance, { kind: 'staff', token })(getMe, {});
    const employer = { id: bench.shop.shopId, name: 'Bespoke Bench', slug: bench.shop.slug };
    await commitDirectory([memberships.write({ personId, name: 'Bo Sales' }, employer, 'sales')]);
    const hand = (salespersonId: string) =>
      owner()(changeSalesperson, { ...params(job), body: { salespersonId, reason: 'Ana is on leave' } });
    expect((await hand(personId)).salesperson).toEqual({ personId, name: 'Bo Sales' });
    expect((await refusal('invalid_request', hand('nobody'))).problem?.field).toBe('salespersonId');
    const { events } = await owner()(jobs.listJobEvents, params(job));
    expect(events.at(-1)).toMatchObject({
      type: 'job.salesperson_changed',
      data: { before: 'Ana Owner', name: 'Bo Sales', reason: 'Ana is on leave' },
    });
  });

  test('JT-33 another promised day is told to the customer unless it is said otherwise, and is what flags go by', async () => {
    const job = await bench.piece('custom', 40);
    await kerf.cloud.settled();
    const today = kerf.cloud.clock.now().getTime();
    const day = (count: number) => new Date(today + days(count)).toISOString().slice(0, 10);
    const promise = (date: string, notify: boolean) =>
      owner()(changePromise, { ...params(job), body: { date, notify, reason: 'the stone came early' } });
    expect((await promise(day(3), true)).promisedDate).toBe(day(3));
    const told = new RegExp(`${job.number} is promised for ${day(3)}[^]*the stone came early`);
    await bench.mailed(bench.customer.email, told);
    await kerf.cloud.settled();
    // Sooner than the execution meant to wake, which is when two days in the status are too long: the change itself has woken it.
    kerf.cloud.clock.advance(days(1) + minutes(120));
    await until('the flag', async () => (await bench.look(job)).flags?.includes('promise_soon'));
    const later = await promise(day(30), false);
    expect(later.promisedDate).toBe(day(30));
    expect(later.flags).not.toContain('promise_soon');
    await kerf.cloud.settled();
    const mails = await mailsTo(kerf.instance, bench.customer.email);
    expect(mails.filter(({ subject }) => subject.includes(`promised for ${day(30)}`))).toEqual([]);
  });
});

describe('vendors', () => {
  const addVendor = (name = 'Casting House') =>
    owner()(vendors.createVendor, {
      body: {
        name,
        contact: 'Cara',
        email: `${randomUUID()}@vendor.example`,
        processes: ['casting'],
        leadTimeDays: 14,
      },
    });
  type Vendor = Awaited<ReturnType<typeof addVendor>>;
  const ask = (job: JobView, vendor: Vendor, more: object = {}) =>
    owner()(lifecycle.askVendor, { ...params(job), body: { vendorId: vendor.id, ...more } });
  const linkIn = async ({ email }: Vendor, subject: string, page = 'vendor/job') => {
    const [, secret = ''] = await mailWith(
      kerf.instance,
      email,
      new RegExp(`^${subject}[^]*/${page}_\\w+#link=(\\S+)`),
    );
    return callerOf(kerf.instance, { kind: 'vendor', secret });
  };
  const requestOf = (call: Call, job: JobView) => call(vendors.getVendorRequest, params(job));
  const pdf = new TextEncoder().encode('%PDF-1.4 a drawing');
  const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Array<number>(16).fill(0));

  test('CX-4 the shop keeps its vendors with what they do, how long they take and their smallest order', async () => {
    const vendor = await addVendor('Plating Ltd');
    const { id: vendorId, version } = vendor;
    const card = { name: 'Plating & Co', email: vendor.email, minimumOrderMinor: 5000, leadTimeDays: 3 };
    const edit = (ifMatch: number) =>
      owner()(vendors.replaceVendor, { params: { vendorId }, body: card, ifMatch });
    expect(await edit(version)).toMatchObject({ ...card, processes: [], version: version + 1 });
    await refusal('stale', edit(version));
    await owner()(vendors.archiveVendor, { params: { vendorId }, body: { archived: true } });
    const listed = await owner()(vendors.listVendors, {});
    expect(listed.vendors.some(({ id }) => id === vendorId)).toBe(false);
    const job = await bench.piece();
    await refusal('not_ready', ask(job, vendor));
    await owner()(vendors.archiveVendor, { params: { vendorId }, body: { archived: false } });
    expect((await owner()(vendors.getVendor, { params: { vendorId } })).archivedAt).toBeUndefined();
  });

  test('JT-44 the vendor’s name stays on the job as it was when they were chosen', async () => {
    const vendor = await addVendor();
    const job = await bench.piece();
    const set = await owner()(vendors.assignVendor, { ...params(job), body: { vendorId: vendor.id } });
    expect(set).toMatchObject({ status: 'review', vendor: { name: 'Casting House', contact: 'Cara' } });
    const body = { name: 'Renamed House', email: vendor.email };
    await owner()(vendors.replaceVendor, { params: { vendorId: vendor.id }, body, ifMatch: 1 });
    expect((await bench.look(job)).vendor?.name).toBe('Casting House');
  });

  test('JT-14 JT-45 JT-46 JT-47 asked by the step, the vendor answers by the link in the mail; the price is the cost of the quote', async () => {
    const vendor = await addVendor();
    const job = await bench.piece();
    await owner()(editJob, {
      ...params(job),
      body: { spec: '14k yellow, 6 mm cushion', note: 'for Cleo Customer, paid 1234' },
      ifMatch: (await bench.look(job)).version,
    });
    const { photo, upload } = await owner()(createPhoto, {
      ...params(job),
      body: { name: 'Cleo Customer.jpg', bytes: picture.length, kind: 'inspiration' },
    });
    await postForm(upload, picture);
    await until('the photo', async () => {
      const { photos } = await owner()(listPhotos, params(job));
      return photos.some(({ id, state }) => id === photo.id && state === 'stored');
    });
    const strange = await refusal(
      'invalid_request',
      ask(job, vendor, { shows: [`photo_${'0'.repeat(26)}`] }),
    );
    expect(strange.problem?.field).toBe('shows.0');
    const asked = await ask(job, vendor, { message: 'in two weeks?', shows: [photo.id] });
    expect(asked).toMatchObject({ status: 'vendor_quote', vendor: { open: true, shows: [photo.id] } });
    expect(asked.stays.at(-1)?.status).toBe('vendor_quote');

    const number = job.number.replace('K-', '');
    expect(number).toMatch(/^\d{6}$/);
    const call = await linkIn(vendor, `Quote request for Custom Build #${number} - Engagement ring`);
    const seen = await requestOf(call, job);
    expect(seen).toMatchObject({
      number,
      stage: 'asked',
      spec: '14k yellow, 6 mm cushion',
      message: 'in two weeks?',
      files: [{ name: 'Picture 1', picture: true }],
    });
    expect(JSON.stringify(seen)).not.toMatch(/Cleo|1234|cus_|mail\.example/);
    expect((await fetch(seen.files[0]?.url ?? '')).status).toBe(200);
    // Looking has changed nothing.
    expect((await bench.look(job)).version).toBe(asked.version);

    await refusal(
      'invalid_request',
      call(vendors.giveVendorPrice, { ...params(job), body: { costMinor: 0 } }),
    );
    const answer = { costMinor: 30_000, readyBy: '2099-01-01', note: 'with hallmark' };
    const given = await call(vendors.giveVendorPrice, { ...params(job), body: answer });
    expect(given).toMatchObject({ stage: 'waiting', price: { costMinor: 30_000, readyBy: '2099-01-01' } });
    // The note of a price may be one that the shop has written down for itself.
    expect(given.price).not.toHaveProperty('note');
    await refusal('not_allowed_now', call(vendors.giveVendorPrice, { ...params(job), body: answer }));
    const priced = await bench.look(job);
    expect(priced).toMatchObject({ status: 'review', vendorPrice: answer, flags: [] });
    const { edits } = await owner()(getQuoteDraft, params(job));
    expect(edits?.extras).toMatchObject([
      { label: job.title, costMinor: 30_000, reason: 'Casting House’s price' },
    ]);
    await bench.mailed(bench.shop.ownerEmail, new RegExp(`vendor's price for ${job.number}`));
    const quoted = await owner()(jobs.sendQuote, empty(job));
    expect(quoted.quote?.totalMinor).toBeGreaterThan(30_000);

    expect((await bench.approve(quoted)).status).toBe('in_production');
    const again = await linkIn(vendor, `Go ahead: Custom Build #${number}`);
    expect((await requestOf(again, job)).stage).toBe('going_ahead');
    await owner()(jobs.cancelJob, { ...params(job), body: { reason: 'changed their mind' } });
    await mailWith(kerf.instance, vendor.email, new RegExp(`^No longer needed: Custom Build #${number}`));
    await refusal('expired', requestOf(again, job));
  });

  test('JT-38 JT-39 a vendor’s drawing lands on the job by its content, at most 8 MB, and the shop hears of it', async () => {
    const vendor = await addVendor();
    const job = await bench.piece();
    await ask(job, vendor);
    const call = await linkIn(vendor, 'Quote request');
    const send = async (name: string, content: Uint8Array<ArrayBuffer>) => {
      const body = { name, bytes: content.length };
      const { upload } = await call(vendors.createVendorDrawing, { ...params(job), body });
      await postForm(upload, content);
    };
    const large = { name: 'large.pdf', bytes: 8_000_001 };
    await refusal('invalid_request', call(vendors.createVendorDrawing, { ...params(job), body: large }));
    await send('ring.pdf', pdf);
    await send('page.pdf', new TextEncoder().encode('<html>no drawing</html>'));
    const drawings = await until('both checks', async () => {
      const { photos } = await owner()(listPhotos, params(job));
      return photos.length === 2 && photos.every(({ state }) => state !== 'awaiting_upload') && photos;
    });
    expect(drawings).toMatchObject([
      { name: 'ring.pdf', kind: 'vendor_drawing', state: 'stored', type: 'application/pdf', shared: false },
      { name: 'page.pdf', kind: 'vendor_drawing', state: 'refused' },
    ]);
    expect((await requestOf(call, job)).drawings).toEqual([
      { name: 'ring.pdf', state: 'stored' },
      { name: 'page.pdf', state: 'refused' },
    ]);
    await bench.mailed(bench.shop.ownerEmail, new RegExp(`A drawing for ${job.number} from Casting House`));
    expect((await bench.customer.call(listPhotos, params(job))).photos).toEqual([]);
  });

  test('JT-02 JT-36 JT-37 JT-42 a piece holds its customer, its vendor, a photo for inspiration, the vendor’s drawing and the way it went; what is removed is gone from the store', async () => {
    const vendor = await addVendor();
    const job = await bench.piece();
    const { photo, upload } = await owner()(createPhoto, {
      ...params(job),
      body: { name: 'napkin.jpg', bytes: picture.length, kind: 'inspiration' },
    });
    await postForm(upload, picture);
    await ask(job, vendor);
    const call = await linkIn(vendor, 'Quote request');
    const body = { name: 'ring.pdf', bytes: pdf.length };
    const drawing = await call(vendors.createVendorDrawing, { ...params(job), body });
    await postForm(drawing.upload, pdf);
    const cards = await until('both cards', async () => {
      const { photos } = await owner()(listPhotos, params(job));
      return photos.length === 2 && photos.every(({ state }) => state === 'stored') && photos;
    });
    expect(cards.map(({ kind, type }) => [kind, type])).toEqual([
      ['inspiration', 'image/jpeg'],
      ['vendor_drawing', 'application/pdf'],
    ]);
    const { customer, vendor: asked, stays } = await bench.look(job);
    expect(customer.customerId).toBe(bench.customer.customerId);
    expect(asked).toMatchObject({ name: 'Casting House' });
    expect(stays.map(({ status }) => status)).toEqual(['review', 'vendor_quote']);

    const { url = '' } = cards.find(({ id }) => id === photo.id) ?? {};
    expect((await fetch(url)).status).toBe(200);
    await owner()(removePhoto, { params: { jobId: job.id, photoId: photo.id } });
    expect((await fetch(url)).ok).toBe(false);
    expect((await owner()(listPhotos, params(job))).photos.map(({ kind }) => kind)).toEqual([
      'vendor_drawing',
    ]);
  });

  test('JT-47 a silent vendor is reminded, another may take their place; the old link is dead and both are told', async () => {
    const [first, second] = await Promise.all([addVendor('Slow Ltd'), addVendor('Quick Ltd')]);
    const job = await bench.piece('custom', 60);
    await ask(job, first);
    const old = await linkIn(first, 'Quote request');
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(2) + minutes(1));
    await linkIn(first, 'Reminder: Quote request');
    const replace = (body: { vendorId: string; reason?: string }) =>
      owner()(vendors.assignVendor, { ...params(job), body });
    expect((await refusal('invalid_request', replace({ vendorId: second.id }))).problem?.field).toBe(
      'reason',
    );
    const after = await replace({ vendorId: second.id, reason: 'no answer' });
    expect(after).toMatchObject({ status: 'vendor_quote', vendor: { name: 'Quick Ltd' }, flags: [] });
    await refusal('expired', requestOf(old, job));
    await mailWith(kerf.instance, first.email, /^No longer needed/);
    const call = await linkIn(second, 'Quote request');
    await kerf.cloud.settled();
    kerf.cloud.clock.advance(days(2) + minutes(1));
    await linkIn(second, 'Reminder: Quote request');
    // A link opens its own job, and nothing that is the shop's.
    const neighbour = await bench.piece();
    await refusal('not_found', requestOf(call, neighbour));
    await refusal('wrong_role', call(jobs.getJob, params(job)));
    const no = { ...params(job), body: { reason: 'no time' } };
    expect(await call(vendors.refuseVendorRequest, no)).toEqual({ closed: true });
    await refusal('expired', requestOf(call, job));
    expect((await bench.look(job)).status).toBe('review');
    await bench.mailed(bench.shop.ownerEmail, new RegExp(`Quick Ltd declined ${job.number}[^]*no time`));
  });

  test('CX-4 a purchase order goes to its vendor by mail, behind a link that opens it and nothing else', async () => {
    const vendor = await addVendor('Plating Ltd');
    const job = await bench.piece();
    const order = (send: boolean) =>
      owner()(createPurchaseOrder, {
        ...params(job),
        body: {
          vendor: { name: vendor.name, email: vendor.email },
          lines: [{ label: 'Rhodium plating', quantity: 1, unitMinor: 4000 }],
          send,
        },
      });
    const silent = await order(false);
    const { id, number } = await order(true);
    const call = await linkIn(vendor, `Purchase order ${number} from Bespoke Bench`, 'order/po');
    const open = (purchaseOrderId: string) => call(getVendorOrder, { params: { purchaseOrderId } });
    const opened = await open(id);
    expect(opened).toMatchObject({ number, shop: { name: 'Bespoke Bench' } });
    const pdf = await fetch(opened.url);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    await refusal('not_found', open(silent.id));
    await refusal('not_found', requestOf(call, job));
    const mails = await mailsTo(kerf.instance, vendor.email);
    expect(mails.map(({ subject }) => subject)).toEqual([`Purchase order ${number} from Bespoke Bench`]);
  });

  test('a mailed link ends after its days', async () => {
    const vendor = await addVendor();
    const job = await bench.piece('custom', 300);
    await ask(job, vendor);
    const call = await linkIn(vendor, 'Quote request');
    kerf.cloud.clock.advance(days(61));
    await refusal('unauthenticated', requestOf(call, job));
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { InvoiceView } from '#contract/routes/billing.ts';
import * as routes from '#contract/routes/documents.ts';
import { getPrice, listJobs, reorderJob, submitJob } from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { pageCount, textOf } from '#lambdas/adapters/pdf/pdf-for-test.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { printerWithDevice } from './support/device.ts';
import { cube, startKerf, type Kerf } from './support/kerf.ts';
import { byLink, invoiced, linkSecret, quoted, refusal, wholeLog, type Workshop } from './support/orders.ts';

let kerf: Kerf;
let workshop: Workshop;
let stranger: Call;
let job: JobView;
let invoice: InvoiceView;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Paper Works');
  const [customer, other] = [
    await signInCustomer(instance, shop.slug),
    await openShop(instance, 'Elsewhere'),
  ];
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
  stranger = other.owner;
  ({ job, invoice } = await invoiced(workshop));
}, 200_000);
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

const keysOf = async (call: Call, jobId = job.id) =>
  (await call(routes.listDocuments, { params: { jobId } })).documents.map(({ key }) => key);
const linkTo = (call: Call, documentKey: string, jobId = job.id) =>
  call(routes.getDocument, { params: { jobId, documentKey } });
const expectRefusal = (code: ErrorCode, call: Promise<unknown>) => refusal(code, call);

/** Lines may have been broken within words. */
const joined = (text: string) => text.replaceAll(' ', '');

/** The file behind a document, as a browser gets it. */
async function open(call: Call, documentKey: string, jobId = job.id) {
  const { url, fileName, bytes } = await linkTo(call, documentKey, jobId);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('content-disposition')).toBe(`inline; filename="${fileName}"`);
  const pdf = new Uint8Array(await response.arrayBuffer());
  expect(pdf.length).toBe(bytes);
  return { pdf, url, text: textOf(pdf) };
}

describe('a finished order', () => {
  test('CO-18 JX-1 the quote itemizes what the customer pays, with branding, validity and a line to sign on', async () => {
    const { text, pdf } = await open(workshop.customer.call, 'quote-1');
    expect(pageCount(pdf)).toBe(1);
    for (const word of [
      'Paper Works',
      job.parts[0]?.name ?? '',
      'PLA · As printed',
      'valid for',
      'Signature',
    ])
      expect(joined(text)).toContain(joined(word));
    const { totalMinor } = job.quotes[0]?.price ?? {};
    expect(text).toContain(`$${((totalMinor ?? 0) / 100).toFixed(2)}`);
  });

  test('CO-60 CO-61 CO-63 DF-09 the invoice can be downloaded for later payment, with every line, tax and total of the approved quote', async () => {
    const { text } = await open(workshop.customer.call, `invoice-${invoice.id}`);
    for (const amount of [
      invoice.totalMinor,
      invoice.taxMinor,
      ...invoice.lines.map((line) => line.totalMinor),
    ])
      expect(text).toContain(`$${(amount / 100).toFixed(2)}`);
    expect(text).toContain(invoice.number);
  });

  test('JT-10 what was issued keeps its bytes, whatever becomes of the letterhead, read before or not', async () => {
    const { owner } = workshop.shop;
    const unread = await quoted(workshop);
    await kerf.cloud.settled();
    const before = await open(owner, 'quote-1');
    const { version, logo: _, ...letterhead } = await owner(routes.getLetterhead, {});
    const logo = readFileSync(join(import.meta.dirname, 'support', 'logo.png')).toString('base64');
    await owner(routes.replaceLetterhead, {
      ifMatch: version,
      body: { ...letterhead, address: 'Moved Street 5', logo: { contentBase64: logo } },
    });
    const after = await open(owner, 'quote-1');
    expect(Buffer.from(after.pdf).equals(Buffer.from(before.pdf))).toBe(true);
    expect((await open(owner, 'quote-1', unread.id)).text).not.toContain('Moved Street 5');
    expect((await open(owner, 'packing_slip')).text).toContain('Moved Street 5');
    expect((await open(owner, 'pro_forma-1')).text).toContain('This is not an invoice');
  });

  test('JT-17 three copies of the work order in one file; the bench copy alone has no price', async () => {
    const { owner } = workshop.shop;
    const all = await open(owner, 'traveler-all');
    for (const copy of ['Counter copy', 'Bench copy', 'Customer copy']) expect(all.text).toContain(copy);
    expect(pageCount(all.pdf)).toBe(3);
    expect((await open(owner, 'traveler-bench')).text).not.toContain('$');
  });

  test('a customer is offered their own papers and no other, by session and by link', async () => {
    const mine = ['quote-1', 'pro_forma-1', `invoice-${invoice.id}`, 'packing_slip', 'traveler-customer'];
    expect(await keysOf(workshop.customer.call)).toEqual(mine);
    const secret = await linkSecret(workshop.instance, workshop.customer.email, job.id);
    const link = byLink(workshop.instance, secret);
    expect(await keysOf(link)).toEqual(mine);
    for (const call of [workshop.customer.call, link])
      await expectRefusal('not_found', linkTo(call, 'traveler-bench'));
    expect((await open(link, 'traveler-customer')).text).toContain('Received in good order');
  });
});

describe('what is not there', () => {
  test('a draft has no documents; a quote that was not sent and a foreign job are as good as unknown', async () => {
    const draft = await draftWithPart(workshop.customer.call, 'Only a draft', cube());
    expect(await keysOf(workshop.customer.call, draft.id)).toEqual([]);
    await expectRefusal('not_found', linkTo(workshop.customer.call, 'traveler-customer', draft.id));
    await expectRefusal('not_found', linkTo(workshop.customer.call, 'quote-2'));
    await expectRefusal('not_found', linkTo(workshop.customer.call, 'Q!'));
    await expectRefusal('not_found', linkTo(stranger, 'quote-1'));
  });
  test('a quoted job has its quote and no pro forma before the approval', async () => {
    const open = await quoted(workshop);
    expect(await keysOf(workshop.customer.call, open.id)).toEqual([
      'quote-1',
      'packing_slip',
      'traveler-customer',
    ]);
  });
});

describe('letterhead', () => {
  test('what no document could show is refused by field, and an edit of an old version is stale', async () => {
    const { owner } = workshop.shop;
    const { version, logo: _, ...body } = await owner(routes.getLetterhead, {});
    const put = (change: object, ifMatch = version) =>
      owner(routes.replaceLetterhead, { ifMatch, body: { ...body, ...change } });
    const field = async (change: object) =>
      (await expectRefusal('invalid_request', put(change))).problem?.field;
    expect(await field({ locale: 'ja-JP' })).toBe('locale');
    expect(await field({ accentColor: 'red' })).toBe('accentColor');
    const notAPicture = Buffer.from('GIF89a............').toString('base64');
    expect(await field({ logo: { contentBase64: notAPicture } })).toBe('logo');
    const cutOff = Buffer.from('\x89PNG\r\n\x1a\n' + '\0'.repeat(40), 'latin1').toString('base64');
    expect(await field({ logo: { contentBase64: cutOff } })).toBe('logo');
    await expectRefusal('stale', put({}, version + 1));
  });
});

describe('a letterhead before it is saved', () => {
  test('is seen on a sample quote, and stays as it was', async () => {
    const { owner } = workshop.shop;
    // A link to the logo is signed anew each time.
    const stored = async () => {
      const { logo, ...rest } = await owner(routes.getLetterhead, {});
      return { ...rest, logo: logo?.url.split('?')[0] };
    };
    const before = await stored();
    const { version: _, logo: __, ...body } = before;
    const { url } = await owner(routes.previewLetterhead, {
      body: { ...body, address: 'Only Tried Street 5' },
    });
    const text = textOf(new Uint8Array(await (await fetch(url)).arrayBuffer()));
    expect(joined(text)).toContain(joined('Only Tried Street 5'));
    expect(joined(text)).toContain('Paper');
    expect(await stored()).toEqual(before);
    const wrong = owner(routes.previewLetterhead, { body: { ...body, accentColor: 'red' } });
    expect((await expectRefusal('invalid_request', wrong)).problem?.field).toBe('accentColor');
  });
});

describe('the same order again', () => {
  test('opens a request of the customer with the same files and lines, ready to be sent', async () => {
    const { call } = workshop.customer;
    const idempotencyKey = `again-${job.id}`;
    const again = await call(reorderJob, { params: { jobId: job.id }, idempotencyKey });
    expect(again).toMatchObject({
      status: 'draft',
      title: job.title,
      reorderOf: job.id,
      files: [{ state: 'checked', sha256: job.files[0]?.sha256 }],
      parts: [{ name: job.parts[0]?.name, wanted: job.parts[0]?.wanted, good: 0 }],
    });
    expect(again.files[0]?.id).not.toBe(job.files[0]?.id);
    expect((await call(reorderJob, { params: { jobId: job.id }, idempotencyKey })).id).toBe(again.id);
    expect((await call(getPrice, { params: { jobId: again.id } })).totalMinor).toBeGreaterThan(0);
    expect((await call(submitJob, { params: { jobId: again.id }, body: {} })).status).not.toBe('draft');
  });

  test('a draft is not ordered again, and a foreign job is as good as unknown', async () => {
    const { call } = workshop.customer;
    const draft = await draftWithPart(call, 'Not sent yet', cube());
    await expectRefusal('not_allowed_now', call(reorderJob, { params: { jobId: draft.id } }));
    await expectRefusal('not_found', stranger(reorderJob, { params: { jobId: job.id } }));
  });
});

describe('numbered papers', () => {
  test('credit notes have a series of their own without gaps, and never exceed the invoice', async () => {
    const { owner } = workshop.shop;
    const params = { invoiceId: invoice.id };
    const credit = (amountMinor: number) =>
      owner(routes.createCreditNote, { params, body: { amountMinor, reason: 'scratched' } });
    const notes = await Promise.all([credit(100), credit(200), credit(300)]);
    expect(notes.map(({ number }) => number).sort()).toEqual(['CN-000001', 'CN-000002', 'CN-000003']);
    await expectRefusal('invalid_request', credit(invoice.totalMinor));
    const rest = await owner(routes.createCreditNote, { params, body: { reason: 'all of it' } });
    expect(rest).toMatchObject({ number: 'CN-000004', totalMinor: invoice.totalMinor - 600 });
    await expectRefusal('not_ready', credit(1));
    const listed = await workshop.customer.call(routes.listCreditNotes, { params });
    expect(listed.creditNotes.at(-1)).toEqual(rest);
    expect(listed.creditNotes).toHaveLength(4);
    const { text } = await open(workshop.customer.call, `credit_note-${rest.id}`);
    expect(text).toContain(`$${(rest.totalMinor / 100).toFixed(2)}`);
    expect((await wholeLog(owner)).filter(({ type }) => type === 'credit_note.issued')).toHaveLength(4);
  });

  test('JT-08 a purchase order to a vendor is no job of its own: numbered, printed without the customer, and hidden from them', async () => {
    const { owner } = workshop.shop;
    const jobsBefore = await owner(listJobs, { query: {} });
    const body = {
      vendor: { name: 'Plating Ltd', email: 'office@plating.example' },
      lines: [{ label: 'Nickel plating', quantity: 2, unitMinor: 450 }],
      neededBy: '2026-12-24',
    };
    const idempotencyKey = `po-${job.id}`;
    const order = await owner(routes.createPurchaseOrder, {
      params: { jobId: job.id },
      body,
      idempotencyKey,
    });
    const again = await owner(routes.createPurchaseOrder, {
      params: { jobId: job.id },
      body,
      idempotencyKey,
    });
    expect(again).toEqual(order);
    expect(order).toMatchObject({ number: 'PO-000001', totalMinor: 900 });
    const { purchaseOrders } = await owner(routes.listPurchaseOrders, { params: { jobId: job.id } });
    expect(purchaseOrders).toEqual([order]);
    const { text } = await open(owner, `purchase_order-${order.id}`);
    expect(text).toContain('$9.00');
    expect(text).not.toContain(workshop.customer.email);
    expect((await owner(listJobs, { query: {} })).jobs.length).toBe(jobsBefore.jobs.length);
    await expectRefusal('not_found', linkTo(workshop.customer.call, `purchase_order-${order.id}`));
  });
});

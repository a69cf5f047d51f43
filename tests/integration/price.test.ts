import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import type { BodyInputOf } from '#contract/route.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as customers from '#contract/routes/customers.ts';
import * as jobs from '#contract/routes/jobs.ts';
import * as quotes from '#contract/routes/quotes.ts';
import { createShop, getPriceBook, listPriceBooks, replacePriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { callerOf, mailWith } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { draftWithPart, requestWithFile } from '../../scripts/walk/request.ts';
import { print, printerWithDevice } from './support/device.ts';
import { cube, model, startKerf, type Kerf } from './support/kerf.ts';
import {
  byLink,
  invoiceOf,
  jobOf,
  linkSecret,
  refusal,
  started,
  submitted,
  untilJob,
  type Workshop,
} from './support/orders.ts';
import { inspectAndPass } from '../../scripts/walk/quality.ts';

type Edits = BodyInputOf<typeof quotes.saveQuoteDraft>['edits'];
type BookBody = BodyInputOf<typeof replacePriceBook>;

let kerf: Kerf;
let workshop: Workshop;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Price Fabrication');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
});
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

const none: Edits = { lines: [], extras: [], discounts: [], scrap: [] };
const reason = `secret reason ${randomUUID()}`;

/** Puts a changed price book in force; answers with its version. */
async function changeBook(owner: Call, change: (book: BookBody) => Partial<BookBody>): Promise<number> {
  const { version, currency: _, ...book } = await owner(getPriceBook, {});
  return (await owner(replacePriceBook, { body: { ...book, ...change(book) }, ifMatch: version })).version;
}

const save = (owner: Call, jobId: string, version: number, edits: Partial<Edits>) =>
  owner(quotes.saveQuoteDraft, {
    params: { jobId },
    body: { edits: { ...none, ...edits } },
    ifMatch: version,
  });

const send = (owner: Call, jobId: string, draftVersion?: number): Promise<JobView> =>
  owner(jobs.sendQuote, {
    params: { jobId },
    body: draftVersion === undefined ? {} : { draftVersion },
  });

const priceOf = (call: Call, jobId: string): Promise<PricedOrderView> =>
  call(jobs.getPrice, { params: { jobId } });

const component = (price: PricedOrderView, code: string): number =>
  Number(price.lines[0]?.components.find((each) => each.code === code)?.amountMinor);

const sumOf = ({ lines, adjustments }: PricedOrderView): number =>
  [
    ...lines.map(({ totalMinor }) => totalMinor ?? Number.NaN),
    ...adjustments.map(({ amountMinor }) => amountMinor),
  ].reduce((a, b) => a + b, 0);

describe('what a quote is made of', () => {
  test('CO-13 CO-14 material and machine time come from the file and the shop’s own prices', async () => {
    const { shop } = workshop;
    const { id: jobId } = await submitted(workshop, 5);
    const before = await priceOf(shop.owner, jobId);
    const { materialGrams = 0, printSeconds = 0 } = before.lines[0]?.estimate ?? {};
    expect(component(before, 'material')).toBeCloseTo((materialGrams / 1000) * 2000, 3);
    expect(component(before, 'machine')).toBeCloseTo((printSeconds / 3600) * 250, 3);

    await changeBook(shop.owner, ({ materials, machines }) => ({
      materials: materials.map((each) =>
        each.process === 'fdm' ? { ...each, pricePerKgMinor: 3000 } : each,
      ),
      machines: machines.map((each) => ({ ...each, minorPerHour: 500 })),
    }));
    const after = await priceOf(shop.owner, jobId);
    expect(component(after, 'material')).toBeCloseTo(component(before, 'material') * 1.5, 3);
    expect(component(after, 'machine')).toBeCloseTo(component(before, 'machine') * 2, 3);
  });

  test('CO-15 CO-16 CO-17 labor, overhead and markup are the shop’s settings', async () => {
    const { shop } = workshop;
    const { id: jobId } = await submitted(workshop, 5);
    const before = await priceOf(shop.owner, jobId);
    await changeBook(shop.owner, () => ({
      laborRateMinorPerHour: 6000,
      overheadPercent: 30,
      markupPercent: 80,
    }));
    const after = await priceOf(shop.owner, jobId);
    expect(component(after, 'post')).toBeCloseTo(component(before, 'post') * 2, 3);
    const sum = (codes: string[]) => codes.reduce((total, code) => total + component(after, code), 0);
    const made = sum(['material', 'machine', 'energy', 'setup', 'post', 'finish', 'failure']);
    expect(component(after, 'overhead')).toBeCloseTo(made * 0.3, 3);
    expect(component(after, 'markup')).toBeCloseTo(made * 1.3 * 0.8, 3);
    expect(after.lines[0]?.components.find(({ code }) => code === 'overhead')?.rule).toMatch(
      /^30 % of all above \(\d/,
    );
  });

  test('CO-18 the customer sees what each line is made of when the shop shows it, never cost, rates or margin', async () => {
    const { shop, customer } = workshop;
    await changeBook(shop.owner, () => ({ customerDetail: 'full', partMinimumMinor: 0 }));
    const { id: jobId } = await submitted(workshop, 3);
    const staff = await send(shop.owner, jobId);
    const price = (await jobOf(customer.call, jobId)).quotes[0]?.price;
    const parts = price?.lines[0]?.components ?? [];
    expect(parts.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['material', 'machine', 'setup', 'post']),
    );
    const unit = parts.reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0);
    expect(Math.abs(unit - (price?.lines[0]?.unitMinor ?? 0))).toBeLessThanOrEqual(0.51);
    expect(price?.totalMinor).toBe(staff.quotes[0]?.price.totalMinor);
    expect(JSON.stringify(price)).not.toMatch(/costMinor|marginPercent|markup|overhead|"rule"|minor\//);

    await changeBook(shop.owner, () => ({ customerDetail: 'lines' }));
    const { id: other } = await submitted(workshop, 3);
    await send(shop.owner, other);
    expect((await jobOf(customer.call, other)).quotes[0]?.price.lines[0]?.components).toEqual([]);
  });
});

describe('preparing a quote', () => {
  test('CO-12 CO-19 DF-12 any line is adjusted before sending, with a reason that stays with the shop; the next version starts from the last', async () => {
    const { shop, customer } = workshop;
    const { id: jobId, parts } = await submitted(workshop, 10);
    const partId = parts[0]?.id ?? '';
    const draft = await shop.owner(quotes.getQuoteDraft, { params: { jobId } });
    expect(draft).toMatchObject({ version: 0, edits: none });

    const missing = { ...none, lines: [{ partId, unitMinor: 500, reason: ' ' }] };
    const refused = await refusal('invalid_request', save(shop.owner, jobId, 0, missing));
    expect(refused.problem?.field).toBe('edits.lines.0.reason');

    const edits: Partial<Edits> = {
      lines: [{ partId, reason, label: 'Cube, polished by hand', unitMinor: 1234 }],
      extras: [{ id: 'engraving', label: 'Engraving', quantity: 2, unitMinor: 450, costMinor: 300, reason }],
      discounts: [{ kind: 'percent', label: 'First order', percent: 10, reason }],
      shippingMinor: 795,
    };
    const tried = await shop.owner(quotes.tryQuoteEdits, {
      params: { jobId },
      body: { edits: { ...none, ...edits } },
    });
    expect((await shop.owner(quotes.getQuoteDraft, { params: { jobId } })).version).toBe(0);
    const saved = await save(shop.owner, jobId, 0, edits);
    expect(saved).toMatchObject({ version: 1, savedBy: expect.any(String) as string });
    expect(saved.price).toEqual(tried.price);
    expect(saved.price.lines).toMatchObject([
      { kind: 'part', name: 'Cube, polished by hand', unitMinor: 1234, totalMinor: 12_340 },
      { kind: 'extra', name: 'Engraving', totalMinor: 900, costMinor: 300 },
    ]);
    expect(saved.price.adjustments[0]).toMatchObject({ label: 'First order', amountMinor: -1324 });
    expect(sumOf(saved.price)).toBe(saved.price.totalMinor);
    expect(saved.computedTotalMinor).not.toBe(saved.price.totalMinor);

    // Until it is sent the customer sees nothing of it.
    expect((await priceOf(customer.call, jobId)).lines).toHaveLength(1);
    await refusal('stale', save(shop.owner, jobId, 0, none));
    await refusal('stale', send(shop.owner, jobId, 0));

    const sent = await send(shop.owner, jobId, 1);
    expect(sent.quotes[0]?.price).toEqual(saved.price);
    const theirs = await jobOf(customer.call, jobId);
    expect(theirs.quotes[0]?.price).toMatchObject({ totalMinor: saved.price.totalMinor });
    const { events } = await customer.call(jobs.listJobEvents, { params: { jobId } });
    expect(JSON.stringify([theirs, events])).not.toMatch(new RegExp(`${reason}|costMinor`));
    const log = await shop.owner(jobs.listJobEvents, { params: { jobId } });
    expect(log.events.find(({ type }) => type === 'quote.edited')?.data).toMatchObject({ reasons: reason });

    await refusal('not_allowed_now', save(shop.owner, jobId, 1, none));
    await customer.call(jobs.requestChanges, {
      params: { jobId },
      body: { version: 1, message: 'Cheaper?' },
    });
    const next = await shop.owner(quotes.getQuoteDraft, { params: { jobId } });
    expect(next.edits).toMatchObject(edits);
    expect(next.diff).toEqual({ added: [], removed: [], changed: [], adjustments: [], totalDeltaMinor: 0 });
  });

  test('CO-29 every version is kept and says what it changed against the one before, to the shop and to the customer', async () => {
    const { instance, shop, customer } = workshop;
    const { id: jobId, parts } = await submitted(workshop, 4);
    const first = await send(shop.owner, jobId);
    await customer.call(jobs.requestChanges, {
      params: { jobId },
      body: { version: 1, message: 'Cheaper?' },
    });
    await save(shop.owner, jobId, 0, {
      lines: [{ partId: parts[0]?.id ?? '', reason, unitMinor: 100 }],
      extras: [{ id: 'box', label: 'Box', quantity: 1, unitMinor: 2000, reason }],
    });
    const second = await send(shop.owner, jobId, 1);
    const delta = (second.quote?.totalMinor ?? 0) - (first.quote?.totalMinor ?? 0);
    const link = byLink(instance, await linkSecret(instance, customer.email, jobId));
    for (const call of [shop.owner, customer.call, link]) {
      const diff = await call(quotes.compareQuotes, { params: { jobId, version: '2' } });
      expect(diff).toMatchObject({
        added: [{ partId: 'box', name: 'Box', totalMinor: 2000 }],
        removed: [],
        changed: [{ after: { unitMinor: 100, totalMinor: 400 } }],
        totalDeltaMinor: delta,
      });
    }
    const back = await shop.owner(quotes.compareQuotes, {
      params: { jobId, version: '1' },
      query: { against: '2' },
    });
    expect(back).toMatchObject({ removed: [{ partId: 'box' }], totalDeltaMinor: -delta });
    const all = (await jobOf(customer.call, jobId)).quotes;
    expect(all.map(({ version, state }) => [version, state])).toEqual([
      [1, 'changes_requested'],
      [2, 'sent'],
    ]);
  });

  test('DF-22 DF-23 DF-25 DF-26 DF-27 the shop chooses a customer, uploads their model, sees the price of every choice, keeps a draft and sends the offer', async () => {
    const { instance, shop } = workshop;
    const email = `walk-in-${randomUUID()}@mail.example`;
    const made = await shop.owner(customers.createCustomer, { body: { name: 'Wanda Walk-in', email } });
    const again = await shop.owner(customers.createCustomer, { body: { name: 'Somebody', email } });
    expect(again).toEqual(made);
    const { customers: known } = await shop.owner(customers.listCustomers, { query: { limit: 100 } });
    expect(known.map(({ id }) => id)).toContain(made.id);

    const forThem: Call = (route, input) =>
      shop.owner(
        route,
        (route.id === 'createJob'
          ? { ...input, body: { ...(input.body as object), customerId: made.id } }
          : input) as typeof input,
      );
    const { job, file } = await requestWithFile(forThem, 'Housing', model('sound/enclosure.stl'));
    const params = { jobId: job.id };
    const part = await shop.owner(jobs.addPart, {
      params,
      body: { fileId: file.id, materialId: 'petg', finishId: 'sanded', quantity: 2 },
    });
    const prices = new Set<number | null>();
    for (const rushId of [undefined, 'soon', 'at-once']) {
      const { price } = await shop.owner(quotes.tryQuoteEdits, {
        params,
        body: { edits: { ...none, ...(rushId ? { rushId } : {}) } },
      });
      prices.add(price.totalMinor);
    }
    expect(prices.size).toBe(3);
    await save(shop.owner, job.id, 0, {
      rushId: 'soon',
      lines: [{ partId: part.id, reason, breakPercent: 15 }],
    });
    expect(await jobOf(shop.owner, job.id)).toMatchObject({
      status: 'draft',
      quotes: [],
      customer: { email },
    });

    const sent = await send(shop.owner, job.id, 1);
    expect(sent).toMatchObject({ status: 'quoted', quotes: [{ state: 'sent', price: { leadDays: 5 } }] });
    await mailWith(instance, email, new RegExp(`Your quote for ${sent.number}`));
    const link = byLink(instance, await linkSecret(instance, email, job.id));
    const approved = await link(jobs.approveQuote, { params, body: { version: 1, name: 'Wanda' } });
    expect(approved.quotes[0]).toMatchObject({ state: 'approved' });
  });

  test('CO-60 CO-61 CO-63 the invoice of an edited quote has every line, extra, discount and tax of the approved version', async () => {
    const { shop, customer, device, printer } = workshop;
    await changeBook(shop.owner, () => ({
      taxPercent: 19,
      otherTaxRates: [{ id: 'reduced', name: 'Reduced tax', percent: 7 }],
    }));
    const { id: jobId } = await submitted(workshop);
    const { price } = await save(shop.owner, jobId, 0, {
      extras: [
        { id: 'packaging', label: 'Packaging', quantity: 1, unitMinor: 650, reason },
        { id: 'book', label: 'Printed manual', quantity: 1, unitMinor: 1000, taxRateId: 'reduced', reason },
      ],
      discounts: [{ kind: 'amount', label: 'Goodwill', amountMinor: 300, reason }],
    });
    expect(price.taxes.map(({ percent }) => percent)).toEqual([19, 7]);
    await send(shop.owner, jobId, 1);
    const job = await customer.call(jobs.approveQuote, {
      params: { jobId },
      body: { version: 1, name: 'Cleo' },
    });
    await print(device, (await started(workshop, job)).id);
    await shop.owner(confirmBedClear, { params: { machineId: printer.id } });
    await untilJob(shop.owner, jobId, 'the check', ({ status }) => status === 'quality_check');
    await inspectAndPass(shop.owner, jobId);
    await shop.owner(jobs.handOver, { params: { jobId }, body: {} });
    const { invoice } = await invoiceOf(workshop, jobId);
    expect(invoice).toMatchObject({ totalMinor: price.totalMinor, taxMinor: price.taxMinor });
    for (const { name, totalMinor } of price.lines)
      expect(invoice.lines).toContainEqual(expect.objectContaining({ label: name, totalMinor }));
    expect(invoice.lines).toContainEqual(expect.objectContaining({ label: 'Goodwill', totalMinor: -300 }));
    expect(invoice.lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(invoice.subtotalMinor);
    await changeBook(shop.owner, () => ({ taxPercent: 0, otherTaxRates: [] }));
  });
});

describe('a quote is computed again', () => {
  test('to the same cent after the price book has changed; its own version stays readable', async () => {
    const { shop } = workshop;
    const { id: jobId, parts } = await submitted(workshop, 12);
    await save(shop.owner, jobId, 0, { lines: [{ partId: parts[0]?.id ?? '', reason, breakPercent: 7.5 }] });
    const {
      quotes: [quote],
    } = await send(shop.owner, jobId);
    const version = quote?.price.priceBookVersion ?? 0;
    const old = await shop.owner(getPriceBook, { query: { version: String(version) } });
    await changeBook(shop.owner, () => ({ markupPercent: 5, laborRateMinorPerHour: 100 }));

    const recomputed = await shop.owner(quotes.recomputeQuote, { params: { jobId, version: '1' } });
    expect(recomputed).toMatchObject({
      same: true,
      filesUnchanged: true,
      priceBookVersion: version,
      storedTotalMinor: quote?.price.totalMinor,
      recomputedTotalMinor: quote?.price.totalMinor,
    });
    expect(await shop.owner(getPriceBook, { query: { version: String(version) } })).toEqual(old);
    const { versions } = await shop.owner(listPriceBooks, {});
    expect(versions.map((each) => each.version)).toEqual(
      Array.from({ length: version + 1 }, (_, index) => version + 1 - index),
    );
    await refusal('not_found', shop.owner(getPriceBook, { query: { version: '9999' } }));
    await refusal('not_found', shop.owner(quotes.recomputeQuote, { params: { jobId, version: '7' } }));
  });
});

describe('how customers order', () => {
  test.each([
    ['instant', true, true],
    ['review', true, false],
    ['no_prices', false, false],
  ] as const)('%s: prices shown %s, place at once %s', async (orderMode, shown, placeNow) => {
    const { shop, customer } = workshop;
    await changeBook(shop.owner, () => ({ orderMode }));
    const { id: jobId } = await draftWithPart(customer.call, 'Cube', cube(), 2);
    const price = await priceOf(customer.call, jobId);
    expect(price.options).toMatchObject({ showPrices: shown, placeNow, askForReview: true });
    expect(price.totalMinor === null).toBe(!shown);
    expect(price.options?.why.length === 0).toBe(placeNow);
  });

  test('a line whose price may be wrong is shown to the customer without one, and the order waits for the shop', async () => {
    const { shop, customer } = workshop;
    await changeBook(shop.owner, () => ({ orderMode: 'instant' }));
    const { job, file } = await requestWithFile(customer.call, 'Holes', model('broken/holes25.stl'));
    await customer.call(jobs.addPart, {
      params: { jobId: job.id },
      body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
    });
    const theirs = await priceOf(customer.call, job.id);
    expect(theirs).toMatchObject({
      totalMinor: null,
      lines: [{ unitMinor: null }],
      options: { placeNow: false },
    });
    const ours = await priceOf(shop.owner, job.id);
    expect(ours.totalMinor).toBeGreaterThan(0);
    expect(ours.reviewReasons.map(({ code }) => code)).toContain('needs_repair');
    await changeBook(shop.owner, () => ({ orderMode: 'review' }));
  });

  test('an order above the shop’s threshold wants a look', async () => {
    const { shop, customer } = workshop;
    await changeBook(shop.owner, () => ({ orderMode: 'instant', reviewAboveMinor: 100 }));
    const { id: jobId } = await draftWithPart(customer.call, 'Cube', cube(), 2);
    expect((await priceOf(shop.owner, jobId)).reviewReasons.map(({ code }) => code)).toEqual([
      'above_threshold',
    ]);
    const theirs = await priceOf(customer.call, jobId);
    expect(theirs.options).toMatchObject({ placeNow: false, hiddenLines: [] });
    expect(theirs.totalMinor).toBeGreaterThan(100);
    await changeBook(shop.owner, () => ({ orderMode: 'review', reviewAboveMinor: 0 }));
  });

  test('a customer’s discount and tax status are in the price, until the exemption is over', async () => {
    const { shop } = workshop;
    const customer = await signInCustomer(kerf.instance, shop.slug);
    await changeBook(shop.owner, () => ({ taxPercent: 10, orderMinimumMinor: 0 }));
    const { id: jobId } = await submitted({ ...workshop, customer }, 5);
    const list = await priceOf(shop.owner, jobId);
    const terms = (expiresOn: string) =>
      shop.owner(customers.setPriceTerms, {
        params: { customerId: customer.customerId },
        body: { discountPercent: 20, tax: { kind: 'exempt', certificate: 'TX-1', expiresOn } },
      });
    await terms('2199-12-31');
    const exempt = await priceOf(customer.call, jobId);
    const goods = list.subtotalMinor ?? 0;
    expect(exempt.adjustments[0]).toMatchObject({
      label: 'Customer discount',
      amountMinor: -Math.floor(goods * 0.2 + 0.5),
    });
    expect(exempt).toMatchObject({ taxMinor: 0, taxNote: 'Exempt, certificate TX-1' });
    await terms('2020-01-01');
    const taxed = await priceOf(shop.owner, jobId);
    expect(taxed.taxMinor).toBeGreaterThan(0);
    expect(taxed.reviewReasons.map(({ code }) => code)).toContain('exemption_expired');
    await changeBook(shop.owner, () => ({ taxPercent: 0, orderMinimumMinor: 1500 }));
  });
});

describe('other trades', () => {
  test('a jeweler starts with alloys and metal prices, and a ring costs its metal by its volume, and its stones once they are entered', async () => {
    const { instance } = kerf;
    const token = await signUpPerson(instance, `jeweler-${randomUUID()}@shop.example`, 'Jo Jeweler');
    const { id: shopId, slug } = await callerOf(instance, { kind: 'staff', token })(createShop, {
      body: { name: 'Bench and Torch', currency: 'EUR', trade: 'jeweler' },
    });
    const owner = callerOf(instance, { kind: 'staff', token, shopId });
    const customer = await signInCustomer(instance, slug);
    const { job, file } = await requestWithFile(customer.call, 'Ring', model('sound/ring-jewelry.stl'));
    const params = { jobId: job.id };
    const part = await customer.call(jobs.addPart, {
      params,
      body: { fileId: file.id, materialId: 'gold-18y', finishId: 'polished', quantity: 1 },
    });
    expect(part.process).toBe('casting');
    const asked = await priceOf(owner, job.id);
    expect(asked.lines[0]?.making).toMatchObject({ process: 'casting', stones: [] });
    expect(component(asked, 'material')).toBeGreaterThan(0);
    await customer.call(jobs.submitJob, { params, body: {} });

    const wrong = await refusal(
      'invalid_request',
      save(owner, job.id, 0, {
        lines: [{ partId: part.id, reason, making: { process: 'fdm', machineSeconds: 1, grams: 1 } }],
      }),
    );
    expect(wrong.problem?.field).toBe('lines.0.making.process');
    const { price } = await save(owner, job.id, 0, {
      lines: [
        {
          partId: part.id,
          reason,
          making: {
            process: 'casting',
            machineSeconds: 7200,
            metalGrams: 6.2,
            waxMillilitres: 0.4,
            waxMinorPerLitre: 25_000,
            stones: [{ name: 'diamond 1.5 mm', count: 6, minorEach: 1400, settingMinorEach: 700 }],
            hallmarkMinor: 900,
          },
        },
      ],
      scrap: [{ materialId: 'gold-14y', grams: 2, payoutPercent: 90 }],
    });
    expect(price.reviewReasons).toEqual([]);
    expect(price.lines[0]?.components.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['material', 'stones', 'hallmark', 'programming']),
    );
    expect(price.adjustments.map(({ code }) => code)).toContain('scrap_credit');
    expect((await send(owner, job.id, 1)).quote?.totalMinor).toBe(price.totalMinor);
    expect(await owner(quotes.recomputeQuote, { params: { ...params, version: '1' } })).toMatchObject({
      same: true,
    });
  });

  test('a price book that no price can be made with is refused by its field', async () => {
    const { owner } = workshop.shop;
    const { version, currency: _, ...book } = await owner(getPriceBook, {});
    const broken: [string, Partial<BookBody>][] = [
      [
        'priceBook.machines',
        { machines: book.machines.map((each) => ({ ...each, process: 'cnc' as const })) },
      ],
      ['priceBook.shippingTaxRateId', { shippingTaxRateId: 'none' }],
      ['priceBook.materials', { materials: [...book.materials, ...book.materials.slice(0, 1)] }],
      ['taxPercent', { taxPercent: 101 }],
    ];
    for (const [field, change] of broken) {
      const answer = await refusal(
        'invalid_request',
        owner(replacePriceBook, { body: { ...book, ...change }, ifMatch: version }),
      );
      expect(answer.problem?.field).toBe(field);
    }
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal } from '#contract/routes/portal.ts';
import { createShop, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { Call } from '#contract/client.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { requestWithFile } from '../../scripts/walk/request.ts';
import { cube, startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, refusal } from './support/orders.ts';

let kerf: Kerf;
let owner: Call;
let customer: Call;
let slug: string;

beforeAll(async () => {
  kerf = await startKerf();
  const token = await signUpPerson(kerf.instance, `owner-${randomUUID()}@shop.example`, 'Lea Laser');
  const shop = await callerOf(kerf.instance, { kind: 'staff', token })(createShop, {
    body: { name: 'Laser Works', currency: 'EUR', timeZone: 'Europe/Berlin', trade: 'laser_shop' },
  });
  slug = shop.slug;
  owner = callerOf(kerf.instance, { kind: 'staff', token, shopId: shop.id });
  const { version, currency: _, ...book } = await owner(getPriceBook, {});
  await owner(replacePriceBook, {
    body: { ...book, orderMode: 'instant', partMinimumMinor: 0, orderMinimumMinor: 0 },
    ifMatch: version,
  });
  customer = (await signInCustomer(kerf.instance, slug)).call;
});
afterAll(() => kerf?.stop());

type Use = 'cut' | 'engrave' | 'ignore';
const svg = (lines: string) => ({
  name: 'plate.svg',
  content: Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="50mm" viewBox="0 0 100 50">${lines}</svg>`,
  ),
});
const outline = '<g id="Outline"><rect width="100" height="50" fill="none" stroke="red"/></g>';
const logo = '<g id="Logo"><rect x="10" y="10" width="20" height="20" fill="none" stroke="blue"/></g>';
const openLine = '<g id="Outline"><path d="M40 10h40" fill="none" stroke="red"/></g>';

async function ordered(file: ReturnType<typeof svg>, materialId = 'mdf-3') {
  const { job, file: checked } = await requestWithFile(customer, 'A plate', file);
  const params = { jobId: job.id };
  await customer(jobs.addPart, {
    params,
    body: { fileId: checked.id, materialId, finishId: 'as-cut', quantity: 4 },
  });
  const price = (call: Call = customer) => call(jobs.getPrice, { params });
  const making = async () => (await price(owner)).lines[0]?.making;
  const use = (call: Call, ...uses: Use[]) =>
    call(jobs.setLayerUses, { params: { ...params, fileId: checked.id }, body: { uses } });
  return { jobId: job.id, file: checked, price, making, use };
}

test('a drawing is ordered in sheets, a body is not, and the process follows from the material', async () => {
  const visitor = callerOf(kerf.instance, { kind: 'none' });
  const { materials } = await visitor(getPortal, { params: { slug } });
  expect(materials.map(({ process }) => process)).toEqual(materials.map(() => 'laser'));
  const { jobId } = await ordered(svg(outline));
  expect((await jobOf(customer, jobId)).parts).toMatchObject([{ process: 'laser', materialId: 'mdf-3' }]);

  const body = await requestWithFile(customer, 'A cube', cube());
  const inSheet = customer(jobs.addPart, {
    params: { jobId: body.job.id },
    body: { fileId: body.file.id, materialId: 'mdf-3', finishId: 'as-cut', quantity: 1 },
  });
  expect((await refusal('invalid_request', inSheet)).problem?.field).toBe('materialId');
});

test('CO-13 CO-14 a drawing is priced by its cut length, pierces and engraved area, at once when nothing is in doubt', async () => {
  const { price, making } = await ordered(svg(outline + logo));
  expect(await making()).toMatchObject({ process: 'laser', cutMm: 300, pierces: 1, engravedMm2: 400 });
  const plain = await ordered(svg(outline));
  const [both, bare] = [await price(), await plain.price()];
  expect(both.totalMinor).toBeGreaterThan(bare.totalMinor ?? Infinity);
  expect(bare.options).toMatchObject({ showPrices: true, placeNow: true, hiddenLines: [] });
});

test('customer and shop say what is done with each layer; measures and price follow, and come back with it', async () => {
  const { jobId, file, price, making, use } = await ordered(svg(outline + logo));
  const layers = file.report?.kind === 'drawing' ? file.report.layers : [];
  expect(layers.map(({ name, use: proposed }) => [name, proposed])).toEqual([
    ['Outline', 'cut'],
    ['Logo', 'engrave'],
  ]);
  const before = await price();

  const cut = await use(customer, 'cut', 'cut');
  expect(cut.report).toMatchObject({ pierces: 2, engravedAreaMm2: 0, closedContours: 2 });
  expect(cut.report).toMatchObject({ enclosedAreaMm2: 5000 - 400 });
  expect(await making()).toMatchObject({ cutMm: 380, pierces: 2, engravedMm2: 0 });
  expect((await price()).totalMinor).not.toBe(before.totalMinor);

  await use(customer, 'cut', 'ignore');
  expect(await making()).toMatchObject({ cutMm: 300, pierces: 1, engravedMm2: 0 });
  const inCentimetres = { params: { jobId, fileId: file.id }, body: { unit: 'cm' as const } };
  await customer(jobs.setFileUnit, inCentimetres);
  await use(customer, 'ignore', 'cut');
  expect(await making()).toMatchObject({ cutMm: 800, pierces: 1 });
  await customer(jobs.setFileUnit, { ...inCentimetres, body: { unit: 'mm' } });
  await use(customer, 'cut', 'engrave');
  expect(await price()).toEqual(before);

  expect((await refusal('invalid_request', use(customer, 'ignore', 'ignore'))).problem?.field).toBe('uses');
  expect((await refusal('invalid_request', use(customer, 'cut'))).problem?.field).toBe('uses');
  await customer(jobs.submitJob, { params: { jobId }, body: {} });
  await refusal('not_allowed_now', use(customer, 'cut', 'cut'));
  expect((await use(owner, 'cut', 'cut')).report).toMatchObject({ pierces: 2 });
});

test('lines to cut that do not close are looked at by the shop before the order is placed', async () => {
  const { price, use, file } = await ordered(svg(outline + openLine + logo));
  expect(file.report?.problems.map(({ code }) => code)).toContain('open_contours');
  const doubted = await price();
  expect(doubted.reviewReasons.map(({ code }) => code)).toContain('open_contours');
  expect(doubted.options?.placeNow).toBe(false);
  expect(doubted.totalMinor).toBeGreaterThan(0);
  // As an engraving an open line is as good as any.
  const closed = await use(customer, 'engrave', 'cut');
  expect(closed.report?.problems).toEqual([]);
  expect((await price()).options).toMatchObject({ placeNow: true, why: [] });
});

test('a doubt about the unit outlives every choice of layers', async () => {
  const unitless = {
    name: 'unitless.svg',
    content: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">${outline + logo}</svg>`,
    ),
  };
  const { file, use } = await ordered(unitless);
  const doubts = ({ report }: typeof file) => report?.problems.filter(({ code }) => code === 'units_doubt');
  expect(doubts(file)).toHaveLength(1);
  expect(doubts(await use(customer, 'cut', 'ignore'))).toEqual(doubts(file));
});

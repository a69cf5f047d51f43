import { boxMesh, joined } from '#domain/estimate/mesh-for-test.ts';
import { writeBinaryStl } from '#domain/geometry/stl-writer.ts';
import { editPart } from '#contract/routes/edits.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { openShop, signInCustomer, type OpenShop, type SignedInCustomer } from '../../scripts/walk/people.ts';
import { postForm } from '../../scripts/walk/request.ts';
import { cube, model, startKerf, type Kerf } from './support/kerf.ts';
import { refusal, untilJob } from './support/orders.ts';

let kerf: Kerf;
let shop: OpenShop;
let customer: SignedInCustomer;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Estimate Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

type Line = PricedOrderView['lines'][number];

/** A draft with one part of a test model, checked and ready to be submitted. */
async function drafted(file: ReturnType<typeof model>): Promise<string> {
  const { call } = customer;
  const { id: jobId } = await call(jobs.createJob, { body: { title: file.name } });
  const { file: created, upload } = await call(jobs.createFile, {
    params: { jobId },
    body: { name: file.name, bytes: file.content.length },
  });
  expect(await postForm(upload, file.content)).toBe(204);
  await untilJob(call, jobId, `the check of ${file.name}`, ({ files }) =>
    files.some(({ id, checkedAt }) => id === created.id && checkedAt !== undefined),
  );
  await call(jobs.addPart, {
    params: { jobId },
    body: { fileId: created.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  return jobId;
}

/** The line as the shop sees it in a quote made now. */
async function quotedLine(file: ReturnType<typeof model>): Promise<Line> {
  const jobId = await drafted(file);
  await customer.call(jobs.submitJob, { params: { jobId }, body: {} });
  const { quotes } = await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
  const line = quotes[0]?.price.lines[0];
  if (!line) throw new Error('There is no line in the quote');
  return line;
}

async function changeBook(change: Record<string, unknown>): Promise<void> {
  const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
  await shop.owner(replacePriceBook, { body: { ...book, ...change }, ifMatch: version });
}

const amountOf = ({ components }: Line, code: string) =>
  Number(components.find((component) => component.code === code)?.amountMinor);

/** What PrusaSlicer 2.5.0 says at 0.2 mm layers, 15 % infill, PLA: seconds, grams, layers (tests/bench/slices.jsonl). */
const sliced = [
  ['sound/bracket.stl', 5240, 15.2, 225],
  ['sound/gear28.stl', 3518, 10.47, 40],
  ['sound/enclosure.stl', 8662, 34, 150],
] as const;

test.each(sliced)(
  "CO-13 CO-14 %s: the quote's time and material are those of the part's layers, near what a slicer says, and say how near",
  async (path, seconds, grams, layers) => {
    const { estimate } = await quotedLine(model(path));
    expect(estimate).toMatchObject({ method: 'layer-sweep-1', reliable: true, layers });
    const { spreadPercent = NaN, printSeconds = NaN, materialGrams = NaN } = estimate ?? {};
    expect(spreadPercent).toBeLessThan(20);
    expect(Math.abs(printSeconds / seconds - 1)).toBeLessThan(0.2);
    expect(Math.abs(materialGrams / grams - 1)).toBeLessThan(0.1);
  },
);

test("CO-13 the material's cost is its grams at the shop's own price, and follows when the shop changes that price", async () => {
  const before = await quotedLine(cube());
  expect(amountOf(before, 'material')).toBeCloseTo((before.estimate!.materialGrams / 1000) * 2000, 4);
  const { materials } = await shop.owner(getPriceBook, {});
  await changeBook({
    materials: materials.map((each) => (each.id === 'pla' ? { ...each, pricePerKgMinor: 5000 } : each)),
  });
  const after = await quotedLine(cube());
  expect(after.estimate).toEqual(before.estimate);
  expect(amountOf(after, 'material')).toBeCloseTo((before.estimate!.materialGrams / 1000) * 5000, 4);
});

test("CO-14 the machine's cost is the print time at the shop's own rate, and follows the rate", async () => {
  const before = await quotedLine(cube());
  expect(amountOf(before, 'machine')).toBeCloseTo((before.estimate!.printSeconds / 3600) * 250, 4);
  const { machines } = await shop.owner(getPriceBook, {});
  await changeBook({ machines: machines.map((each) => ({ ...each, minorPerHour: 1000 })) });
  const after = await quotedLine(cube());
  expect(after.estimate).toEqual(before.estimate);
  expect(amountOf(after, 'machine')).toBeCloseTo((before.estimate!.printSeconds / 3600) * 1000, 4);
});

test('CO-13 CO-14 more infill takes more time and material, from the layers kept beside the file: a draft is priced anew at once', async () => {
  const jobId = await drafted(model('sound/bracket.stl'));
  const priced = async () => (await shop.owner(jobs.getPrice, { params: { jobId } })).lines[0]!.estimate!;
  const sparse = await priced();
  await changeBook({ infillPercent: 60 });
  const dense = await priced();
  expect(dense).toMatchObject({ method: 'layer-sweep-1', layers: sparse.layers });
  expect(dense.printSeconds).toBeGreaterThan(sparse.printSeconds * 1.05);
  expect(dense.materialGrams).toBeGreaterThan(sparse.materialGrams * 1.1);
});

test('CO-13 CO-14 a part is turned to where it takes least and says so; kept as uploaded it is priced as uploaded, in the quote too', async () => {
  await changeBook({ supports: 'everywhere' });
  const mushroom = joined(boxMesh([12, 12, 20], [14, 14, 0]), boxMesh([40, 40, 4], [0, 0, 20]));
  const jobId = await drafted({ name: 'mushroom.stl', content: writeBinaryStl(mushroom) });
  const params = { jobId };
  const [part] = (await customer.call(jobs.getJob, { params })).parts;
  const partId = part!.id;
  const lineOf = async (orientation: 'best' | 'as_uploaded') => {
    const body = { parts: [{ partId, orientation }] };
    return (await customer.call(jobs.tryPrice, { params, body })).lines[0]!;
  };
  const [best, asUploaded] = [await lineOf('best'), await lineOf('as_uploaded')];
  expect(best.estimate?.orientation).toMatchObject({ turned: true, rotationDegrees: [180, 0] });
  expect(best.estimate?.orientation?.words).toMatch(
    /^turned by 180° about x: .* saves \d+ min and \d+ g of supports$/,
  );
  expect(asUploaded.estimate?.orientation?.words).toMatch(/^printed as uploaded; turning it saves \d+ min/);
  expect(best.estimate!.printSeconds).toBeLessThan(asUploaded.estimate!.printSeconds);
  expect(best.totalMinor!).toBeLessThan(asUploaded.totalMinor!);
  const priced = async () => (await customer.call(jobs.getPrice, { params })).lines[0]!;
  expect(await priced()).toEqual(best);

  const edit = (orientation: 'best' | 'as_uploaded') =>
    customer.call(editPart, { params: { jobId, partId }, body: { orientation } });
  expect((await edit('as_uploaded')).orientation).toBe('as_uploaded');
  expect(await priced()).toEqual(asUploaded);
  expect((await edit('best')).orientation).toBeUndefined();
  await edit('as_uploaded');
  await refusal('invalid_request', edit('upside_down' as 'best'));

  await customer.call(jobs.submitJob, { params, body: {} });
  const { quotes, parts } = await shop.owner(jobs.sendQuote, { params, body: {} });
  expect(parts[0]).toMatchObject({ orientation: 'as_uploaded' });
  expect(quotes[0]!.price.lines[0]).toMatchObject({
    totalMinor: asUploaded.totalMinor,
    estimate: { orientation: { turned: false } },
  });
});

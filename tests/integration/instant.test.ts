import { afterAll, beforeAll, expect, test } from 'vitest';
import { editPart } from '#contract/routes/edits.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal } from '#contract/routes/portal.ts';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { BodyInputOf } from '#contract/route.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, type OpenShop, type SignedInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { model, startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, refusal } from './support/orders.ts';

let kerf: Kerf;
let shop: OpenShop;
let customer: SignedInCustomer;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Instant Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

type Wish = BodyInputOf<typeof jobs.tryPrice>['parts'][number];

async function drafted() {
  const job = await draftWithPart(customer.call, 'A bracket', model('sound/bracket.stl'));
  const params = { jobId: job.id };
  const partId = job.parts[0]?.id ?? '';
  return {
    job,
    partId,
    price: () => customer.call(jobs.getPrice, { params }),
    attempt: (wish: Omit<Wish, 'partId'>) =>
      customer.call(jobs.tryPrice, { params, body: { parts: [{ partId, ...wish }] } }),
    store: (body: BodyInputOf<typeof editPart>) =>
      customer.call(editPart, { params: { ...params, partId }, body }),
  };
}

test.each<[string, Omit<Wish, 'partId'>]>([
  ['material', { materialId: 'petg' }],
  ['finish', { finishId: 'sanded' }],
  ['quantity', { quantity: 40 }],
  ['infill', { infillPercent: 80 }],
  ['all at once', { materialId: 'petg', finishId: 'sanded', quantity: 40, infillPercent: 80 }],
])(
  'CO-13 the price of another choice (%s) is the price after choosing it, and asking keeps nothing',
  async (_, wish) => {
    const { job, price, attempt, store } = await drafted();
    const before = await price();
    const tried = await attempt(wish);
    expect(tried.totalMinor).not.toBe(before.totalMinor);
    expect(await price()).toEqual(before);
    expect((await jobOf(customer.call, job.id)).version).toBe(job.version);
    await store(wish);
    expect(await price()).toEqual(tried);
  },
);

test('CO-18 nothing of cost, rates or margin is in the price of a choice for its customer', async () => {
  const { attempt } = await drafted();
  const tried = JSON.stringify(await attempt({ infillPercent: 50 }));
  expect(tried).not.toMatch(/costMinor|marginPercent|markup|overhead|"rule"|minor\/|making|priceBookVersion/);
});

test("infill is chosen within the shop's range, and takes more time and material the denser it is", async () => {
  const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
  await shop.owner(replacePriceBook, {
    body: { ...book, infillFromPercent: 15, infillToPercent: 60 },
    ifMatch: version,
  });
  const visitor = callerOf(kerf.instance, { kind: 'none' });
  const { infill } = await visitor(getPortal, { params: { slug: shop.slug } });
  expect(infill).toEqual({ from: 15, usual: book.infillPercent, to: 60 });

  const { attempt, store, job, partId } = await drafted();
  const estimates = [];
  for (const infillPercent of [15, 30, 60])
    estimates.push((await attempt({ infillPercent })).lines[0]!.estimate!);
  const rising = (values: number[]) => values.every((value, at) => at === 0 || value > values[at - 1]!);
  expect(rising(estimates.map(({ materialGrams }) => materialGrams))).toBe(true);
  expect(rising(estimates.map(({ printSeconds }) => printSeconds))).toBe(true);

  for (const infillPercent of [14, 61]) {
    expect((await refusal('invalid_request', attempt({ infillPercent }))).problem?.field).toBe(
      'parts.0.infillPercent',
    );
    expect((await refusal('invalid_request', store({ infillPercent }))).problem?.field).toBe('infillPercent');
  }
  expect((await store({ infillPercent: 60 })).infillPercent).toBe(60);
  const [part] = (await jobOf(shop.owner, job.id)).parts;
  expect(part).toMatchObject({ id: partId, infillPercent: 60 });
});

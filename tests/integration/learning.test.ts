import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { recomputeQuote } from '#contract/routes/quotes.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { openShop, signInCustomer, type OpenShop, type SignedInCustomer } from '../../scripts/walk/people.ts';
import { driveTo, openDraft } from '../support/drive.ts';
import { openFloor, type ShopFloor } from '../support/shop-floor.ts';
import { startKerf, type Kerf } from './support/kerf.ts';

let kerf: Kerf;
let shop: OpenShop;
let customer: SignedInCustomer;
let floor: ShopFloor;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Learning Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
  floor = await openFloor(kerf.cloud, shop.owner, 1);
});
afterAll(() => kerf?.stop());

type Line = PricedOrderView['lines'][number];

const people = () => ({ owner: shop.owner, customer: customer.call, floor });

async function draftLine(): Promise<Line> {
  const { id: jobId } = await openDraft(people(), { title: 'A cube' });
  const { lines } = await shop.owner(jobs.getPrice, { params: { jobId } });
  return lines[0]!;
}

/** Prints one cube that takes so many times the seconds and grams of the first estimate; answers with the estimate of the run. */
async function printed(line: Line, timeRatio: number, gramsRatio: number): Promise<number> {
  const { id: jobId, parts } = await driveTo(people(), 'ready_to_make', { title: 'A cube' });
  const machineId = floor.machineIds[0]!;
  const { runs } = await shop.owner(jobs.startRun, {
    params: { jobId },
    body: { partId: parts[0]!.id, machineId, quantity: 1 },
  });
  const { id: runId, estimatedSeconds } = runs[0]!;
  const at = kerf.cloud.clock.now().toISOString();
  const { printSeconds, materialGrams } = line.estimate!;
  const facts = { seconds: printSeconds * timeRatio, grams: materialGrams * gramsRatio };
  await floor.state({ kind: 'started', runId, at });
  await floor.state({ kind: 'finished', runId, at, ...facts });
  // An agent that heard no acknowledgement says it again.
  await floor.state({ kind: 'finished', runId, at, ...facts });
  await shop.owner(confirmBedClear, { params: { machineId } });
  return estimatedSeconds;
}

test("CO-13 CO-14 after runs at 1.3 times the estimate, the next quote's time and price follow and say on what they rest; a quote sent before stays as it is", async () => {
  const before = await draftLine();
  expect(before.estimate?.learned).toBeUndefined();
  const early = await driveTo(people(), 'quoted', { title: 'Quoted early' });
  const [first] = [await printed(before, 1.3, 1.1), await printed(before, 1.3, 1.1)];
  expect(first).toBe(before.estimate!.printSeconds);
  expect((await draftLine()).estimate?.learned).toMatchObject({ runs: 2, words: 'based on 2 similar runs' });
  await printed(before, 1.3, 1.1);
  await printed(before, 1.3, 1.1);

  // Four runs weigh 4 / 7 against the estimate itself.
  const timeFactor = Number((1.3 ** (4 / 7)).toFixed(4));
  const materialFactor = Number((1.1 ** (4 / 7)).toFixed(4));
  const after = await draftLine();
  const { printSeconds, materialGrams } = before.estimate!;
  expect(after.estimate?.learned).toEqual({
    runs: 4,
    timeFactor,
    materialFactor,
    words: expect.stringMatching(/^based on 4 similar runs, ±\d+ %$/) as string,
  });
  expect(after.estimate?.printSeconds).toBe(Math.round(printSeconds * timeFactor));
  expect(after.estimate?.materialGrams).toBeCloseTo(materialGrams * materialFactor, 1);
  expect(after.making).toMatchObject({ machineSeconds: after.estimate?.printSeconds });
  expect(after.unitMinor).toBeGreaterThan(before.unitMinor!);

  const quoted = await driveTo(people(), 'quoted', { title: 'Quoted late' });
  await printed(before, 0.5, 0.5);
  for (const { id: jobId } of [early, quoted]) {
    const again = await shop.owner(recomputeQuote, { params: { jobId, version: '1' } });
    expect(again.same).toBe(true);
  }
  const { quotes } = await shop.owner(jobs.getJob, { params: { jobId: early.id } });
  expect(quotes[0]?.price.lines[0]?.unitMinor).toBe(before.unitMinor);
});

test('CO-14 a run that is started is estimated by what its own machine took, and its customer sees no word of it', async () => {
  const line = await draftLine();
  const { id: jobId } = await openDraft(people(), { title: 'For its customer' });
  const seen = await customer.call(jobs.getPrice, { params: { jobId } });
  expect(seen.lines[0]?.estimate).toEqual({
    printSeconds: line.estimate?.printSeconds,
    materialGrams: line.estimate?.materialGrams,
    orientation: line.estimate?.orientation,
  });
  expect(await printed(line, 1, 1)).toBe(line.estimate?.printSeconds);
});

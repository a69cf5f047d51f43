import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal } from '#contract/routes/portal.ts';
import { recomputeQuote, saveQuoteDraft } from '#contract/routes/quotes.ts';
import { getPriceBook, replacePriceBook, setMachineProfile } from '#contract/routes/shops.ts';
import type { PricedOrderView } from '#contract/views/price.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer, type OpenShop, type SignedInCustomer } from '../../scripts/walk/people.ts';
import { addFile } from '../support/drive.ts';
import { model, startKerf, type Kerf } from './support/kerf.ts';
import { refusal } from './support/orders.ts';

let kerf: Kerf;
let shop: OpenShop;
let customer: SignedInCustomer;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Profile Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

const profileText = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', 'bench', 'profiles', `${name}.ini`), 'utf8');

async function setProfile(profile: { name: string; text: string } | null) {
  const { version, machines } = await shop.owner(getPriceBook, {});
  const machineId = machines.find(({ process }) => process === 'fdm')?.id ?? '';
  const book = await shop.owner(setMachineProfile, {
    body: { machineId, profile },
    ifMatch: version,
  });
  expect(book.version).toBe(version + 1);
  return book.machines.find(({ id }) => id === machineId)?.profile;
}

/** A draft with one piece of the model in PLA. */
async function drafted(path: string): Promise<string> {
  const { id: jobId } = await customer.call(jobs.createJob, { body: { title: path } });
  const { id: fileId } = await addFile(customer.call, jobId, model(path));
  await customer.call(jobs.addPart, {
    params: { jobId },
    body: { fileId, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  return jobId;
}

async function estimateOf(jobId: string): Promise<Estimate> {
  const { lines } = await shop.owner(jobs.getPrice, { params: { jobId } });
  return lines[0]!.estimate!;
}
type Estimate = NonNullable<PricedOrderView['lines'][number]['estimate']>;

/** PrusaSlicer 2.5.0 with this profile, without supports: seconds, grams, layers (tests/bench/slices.jsonl). */
function sliced(file: string, profile: string): { seconds: number; grams: number; layers: number } {
  const rows = readFileSync(join(import.meta.dirname, '..', 'bench', 'slices.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>);
  const row = rows.find(
    (each) => each['file'] === file && each['profile'] === profile && each['supports'] === 'none',
  );
  if (!row) throw new Error(`${file} was not sliced with ${profile}`);
  return row as ReturnType<typeof sliced>;
}

test("CO-14 a printer's own profile drives time and material of files that come after it, sent before or not; taken away, the book's figures count again", async () => {
  const before = await estimateOf(await drafted('sound/bracket.stl'));
  const profile = await setProfile({ name: 'fdm-draft.ini', text: profileText('fdm-draft-0.30') });
  expect(profile).toMatchObject({ name: 'fdm-draft.ini', settings: { layerMm: 0.3 } });

  const after = await estimateOf(await drafted('sound/bracket.stl'));
  const truth = sliced('bracket.stl', 'fdm-draft-0.30');
  // Cut anew: layers of another height would widen the spread.
  const { spreadPercent } = before;
  expect(after).toMatchObject({ method: 'layer-sweep-1', layers: truth.layers, spreadPercent });
  expect(after.printSeconds).not.toBe(before.printSeconds);
  expect(Math.abs(after.printSeconds / truth.seconds - 1)).toBeLessThan(0.2);
  expect(Math.abs(after.materialGrams / truth.grams - 1)).toBeLessThan(0.1);

  // The book's own change keeps the profile.
  const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
  const kept = await shop.owner(replacePriceBook, { body: { ...book, infillPercent: 77 }, ifMatch: version });
  expect(kept.machines.find(({ process }) => process === 'fdm')?.profile).toEqual(profile);
  expect((await estimateOf(await drafted('sound/bracket.stl'))).materialGrams).toBe(after.materialGrams);

  await shop.owner(replacePriceBook, { body: book, ifMatch: version + 1 });
  expect(await setProfile(null)).toBeUndefined();
  expect(await estimateOf(await drafted('sound/bracket.stl'))).toEqual(before);
});

test('CO-14 what a profile does not tell is named with the value used for it; what is no profile is refused in plain words', async () => {
  const profile = await setProfile({ name: 'half.ini', text: 'layer_height = 0.25\nperimeters = 4' });
  expect(profile?.settings).toMatchObject({ layerMm: 0.25, perimeters: 4 });
  expect(profile?.defaults).toContainEqual({
    setting: 'infillPercent',
    keys: ['fill_density', 'sparse_infill_density'],
    used: 15,
  });
  expect(profile?.defaults.map(({ setting }) => setting)).not.toContain('perimeters');
  const refused = await refusal('invalid_request', setProfile({ name: 'letter.txt', text: 'Dear shop' }));
  expect(refused.message).toMatch(/Export/);
  await setProfile(null);
});

test("CO-13 CO-14 a line's infill counts on a printer with a profile too, whose own infill is the usual one", async () => {
  const profile = await setProfile({ name: 'sparse.ini', text: 'layer_height = 0.3\nfill_density = 5%' });
  const visitor = callerOf(kerf.instance, { kind: 'none' });
  const { infill } = await visitor(getPortal, { params: { slug: shop.slug } });
  expect(infill).toMatchObject({ usual: 5 });
  expect(profile?.settings['infillPercent']).toBe(5);

  const jobId = await drafted('sound/bracket.stl');
  const params = { jobId };
  const partId = (await shop.owner(jobs.getJob, { params })).parts[0]!.id;
  const tried = async (infillPercent: number) => {
    const { lines } = await shop.owner(jobs.tryPrice, {
      params,
      body: { parts: [{ partId, infillPercent }] },
    });
    return lines[0]!.estimate!;
  };
  const usual = await estimateOf(jobId);
  expect((await tried(60)).materialGrams).toBeGreaterThan(usual.materialGrams);
  // Outside the range that customers choose from, and still to be chosen again.
  expect(infill.from).toBeGreaterThan(5);
  expect(await tried(5)).toEqual(usual);
  await setProfile(null);
});

test("CO-13 CO-14 supports add time and material where the shop's book or a line of the quote asks for them, and the quote computes to the same cents again", async () => {
  const jobId = await drafted('sound/sphere40.stl');
  const bare = await estimateOf(jobId);
  await customer.call(jobs.submitJob, { params: { jobId }, body: {} });
  const { parts } = await shop.owner(jobs.getJob, { params: { jobId } });
  const edits = { extras: [], discounts: [], scrap: [] };
  const line = { partId: parts[0]!.id, reason: 'overhangs', supports: 'everywhere' as const };
  const draft = await shop.owner(saveQuoteDraft, {
    params: { jobId },
    body: { edits: { ...edits, lines: [line] } },
    ifMatch: 0,
  });
  const propped = draft.price.lines[0]!.estimate!;
  expect(propped.printSeconds).toBeGreaterThan(bare.printSeconds);
  expect(propped.materialGrams).toBeGreaterThan(bare.materialGrams);
  const { quotes } = await shop.owner(jobs.sendQuote, { params: { jobId }, body: {} });
  expect(quotes[0]?.price.lines[0]?.estimate).toEqual(propped);

  const { version, currency: _, ...book } = await shop.owner(getPriceBook, {});
  await shop.owner(replacePriceBook, { body: { ...book, supports: 'everywhere' }, ifMatch: version });
  expect(await estimateOf(await drafted('sound/sphere40.stl'))).toEqual(propped);
  const again = await shop.owner(recomputeQuote, { params: { jobId, version: '1' } });
  expect(again.same).toBe(true);
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import { getPortal } from '#contract/routes/portal.ts';
import { createShop, getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { Call } from '#contract/client.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { signInCustomer, signUpPerson } from '../../scripts/walk/people.ts';
import { requestWithFile } from '../../scripts/walk/request.ts';
import { createMachine } from '#contract/routes/farm.ts';
import { placeOrder } from '#contract/routes/lifecycle.ts';
import * as quality from '#contract/routes/quality.ts';
import { cube, minutes, startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, refusal, untilJob } from './support/orders.ts';

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

describe('machines without an agent', () => {
  const laser = async (name: string) =>
    owner(createMachine, { body: { name, process: 'laser', volumeMm: { x: 600, y: 400, z: 50 } } });
  const places = async () => {
    const { jobId, price } = await ordered(svg(outline));
    const body = { totalMinor: (await price()).totalMinor ?? 0, name: 'Cleo Customer' };
    return customer(placeOrder, { params: { jobId }, body });
  };
  const later = (count: number) => kerf.cloud.clock.advance(minutes(count));
  const begin = async (jobId: string, machineId: string, quantity: number, at?: string) => {
    const partId = (await jobOf(owner, jobId)).parts[0]?.id ?? '';
    const body = { partId, machineId, quantity, ...(at ? { at } : {}) };
    const { runs } = await owner(jobs.startRun, { params: { jobId }, body });
    return runs.find((run) => run.machineId === machineId && run.endedAt === undefined)?.id ?? '';
  };
  const runOf = async (jobId: string, runId: string) =>
    (await jobOf(owner, jobId)).runs.find(({ id }) => id === runId);

  test('CO-42 CO-43 the operator logs start, pause and end; the time without the pause and the sheets stay with the job', async () => {
    const { id: jobId } = await places();
    const params = { jobId };
    const { id: machineId } = await laser('Laser one');
    const runId = await begin(jobId, machineId, 4);
    const begun = await jobOf(owner, jobId);
    expect(begun).toMatchObject({
      status: 'in_production',
      runs: [{ state: 'printing', operator: 'Lea Laser', quantity: 4 }],
    });
    // 300 mm of outline at the feed of the sheet, four times.
    expect(begun.runs[0]?.estimatedSeconds).toBeGreaterThan(0);
    later(10);
    expect((await owner(jobs.pauseRun, { params, body: { runId } })).runs[0]?.state).toBe('paused');
    await refusal('not_allowed_now', owner(jobs.pauseRun, { params, body: { runId } }));
    later(30);
    await owner(jobs.continueRun, { params, body: { runId } });
    later(5);
    const end = { runId, outcome: 'finished' as const, sheets: 0.5 };
    const future = new Date(kerf.cloud.clock.now().getTime() + minutes(5)).toISOString();
    const early = await refusal(
      'invalid_request',
      owner(jobs.endRun, { params, body: { ...end, at: future } }),
    );
    expect(early.problem?.field).toBe('at');
    await owner(jobs.endRun, { params, body: end });
    await refusal('not_allowed_now', owner(jobs.endRun, { params, body: end }));

    const ended = await runOf(jobId, runId);
    expect(ended).toMatchObject({ state: 'finished', actualSheets: 0.5 });
    expect(Math.abs((ended?.actualSeconds ?? 0) - 15 * 60)).toBeLessThan(20);
    expect(JSON.stringify((await jobOf(customer, jobId)).runs)).not.toMatch(/Lea|actual|pauses/);
    const { events } = await owner(jobs.listJobEvents, { params });
    expect(
      events.filter(({ type }) => type.startsWith('run.')).map(({ type, actor }) => [type, actor.name]),
    ).toEqual(
      ['run.requested', 'run.paused', 'run.continued', 'run.finished'].map((type) => [type, 'Lea Laser']),
    );
    // Made in full, the job goes on by itself.
    await untilJob(owner, jobId, 'the check', ({ status }) => status === 'quality_check');
    // Whoever logged the end stood before it: the next run may start.
    await begin((await places()).id, machineId, 1);
  });

  test('CO-42 a start is logged afterwards, in the order it happened; a machine for something else is not started', async () => {
    const { id: jobId } = await places();
    const { id: machineId } = await laser('Laser two');
    const ago = (count: number) => new Date(kerf.cloud.clock.now().getTime() - minutes(count)).toISOString();
    const printer = await owner(createMachine, {
      body: { name: 'A printer', volumeMm: { x: 200, y: 200, z: 200 } },
    });
    const wrong = await refusal('not_ready', begin(jobId, printer.id, 1));
    expect(wrong.message).toContain('A printer is for filament printing, the part for laser cutting');
    const runId = await begin(jobId, machineId, 4, ago(20));
    const params = { jobId };
    const end = (at: string) => owner(jobs.endRun, { params, body: { runId, outcome: 'finished', at } });
    await refusal('invalid_request', end(ago(21)));
    await end(ago(8));
    expect((await runOf(jobId, runId))?.actualSeconds).toBeCloseTo(12 * 60, -1);
  });

  test('CO-51 several machines share a part; of a run that failed in part the good pieces count and the rest is made again', async () => {
    const { id: jobId } = await places();
    const params = { jobId };
    const [one, two] = [await laser('Laser three'), await laser('Laser four')];
    const [first, second] = [await begin(jobId, one.id, 1), await begin(jobId, two.id, 3)];
    await owner(jobs.endRun, { params, body: { runId: first, outcome: 'finished' } });
    const failure = { runId: second, outcome: 'failed' as const, made: 2 };
    const unsaid = await refusal('invalid_request', owner(jobs.endRun, { params, body: failure }));
    expect(unsaid.problem?.field).toBe('reason');
    const after = await owner(jobs.endRun, { params, body: { ...failure, reason: 'burnt edge' } });
    expect(after.parts[0]).toMatchObject({ wanted: 4, made: 3, good: 3, scrapped: 0 });
    expect(after.status).toBe('in_production');
    await refusal('invalid_request', begin(jobId, one.id, 2));
    const last = await begin(jobId, one.id, 1);
    await owner(jobs.endRun, { params, body: { runId: last, outcome: 'finished' } });
    await untilJob(owner, jobId, 'the check', ({ status }) => status === 'quality_check');

    const scrap = { partId: after.parts[0]?.id ?? '', count: 1, reason: 'edge charred' };
    const failed = await owner(jobs.failCheck, { params, body: scrap });
    expect(failed.parts[0]).toMatchObject({ wanted: 4, made: 4, good: 3, scrapped: 1 });
    expect(failed).toMatchObject({ status: 'in_production', reworkCycle: 1 });
  });

  test('CO-48 the list for laser asks for edges, tolerance and material, and an inspection by it says which was wrong', async () => {
    const { id: jobId } = await places();
    const params = { jobId };
    const { id: machineId } = await laser('Laser five');
    const runId = await begin(jobId, machineId, 4);
    await owner(jobs.endRun, { params, body: { runId, outcome: 'finished' } });
    const { checklists } = await owner(quality.listChecklists, {});
    const list = checklists.find(({ id }) => id === 'laser');
    const named = list?.items.map(({ label }) => label).join('; ');
    expect(named).toMatch(/Edge quality.*Dimensional tolerance.*Material integrity/);
    const inspection = await owner(quality.recordInspection, {
      params,
      body: {
        checklistId: 'laser',
        checklistVersion: list?.version ?? 0,
        items: (list?.items ?? []).map(({ id, tolerance }) => {
          if (tolerance) return { itemId: id, nominal: 100, measured: 100.5 };
          return { itemId: id, result: 'pass' as const };
        }),
      },
    });
    expect(inspection.outcome).toBe('fail');
    expect(inspection.items.filter(({ result }) => result === 'fail').map(({ itemId }) => itemId)).toEqual([
      'dimensions',
    ]);
  });
});

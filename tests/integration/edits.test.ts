import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editJob, editPart, removeFile } from '#contract/routes/edits.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import type { JobView } from '#contract/views/job.ts';
import { callerOf } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { draftWithPart } from '../../scripts/walk/request.ts';
import { cube, startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, quoted, refusal, submitted, type Players } from './support/orders.ts';

let kerf: Kerf;
let players: Players;

beforeAll(async () => {
  kerf = await startKerf();
  const shop = await openShop(kerf.instance, 'Second Thoughts');
  players = { instance: kerf.instance, shop, customer: await signInCustomer(kerf.instance, shop.slug) };
});
afterAll(() => kerf?.stop());

const draft = () => draftWithPart(players.customer.call, 'First thought', cube());
const nobody = () => callerOf(kerf.instance, { kind: 'none' });
const owner = () => players.shop.owner;
const customer = () => players.customer.call;
const of = ({ id }: Pick<JobView, 'id'>) => ({ jobId: id });
const partOf = (job: JobView) => ({ jobId: job.id, partId: job.parts[0]?.id ?? '' });
const fileOf = (job: JobView) => ({ jobId: job.id, fileId: job.files[0]?.id ?? '' });

describe('a job', () => {
  test('is edited by its customer while it is a draft; what is not named stays, null takes away', async () => {
    const job = await draft();
    const edited = await customer()(editJob, {
      params: of(job),
      body: {
        title: 'Second thought',
        note: 'Mind the\nedges',
        wantedBy: '2031-05-01',
        delivery: 'shipping',
      },
      ifMatch: job.version,
    });
    expect(edited).toMatchObject({
      title: 'Second thought',
      note: 'Mind the\nedges',
      wantedBy: '2031-05-01',
      delivery: 'shipping',
      version: job.version + 1,
    });
    const bare = await customer()(editJob, {
      params: of(job),
      body: { note: null, wantedBy: null },
      ifMatch: edited.version,
    });
    expect(bare).toMatchObject({ title: 'Second thought', delivery: 'shipping' });
    expect(bare.note ?? bare.wantedBy).toBeUndefined();
  });

  test('of an older version is not edited: the answer names the newest, and nothing is lost', async () => {
    const job = await draft();
    const edit = (title: string) =>
      customer()(editJob, { params: of(job), body: { title }, ifMatch: job.version });
    const outcomes = await Promise.allSettled(['One', 'Two', 'Three'].map(edit));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const stale = await refusal('stale', edit('Late'));
    expect(stale).toMatchObject({
      status: 409,
      problem: { field: 'If-Match' },
      message: expect.stringContaining(`version ${job.version + 1}`) as string,
    });
    expect(['One', 'Two', 'Three']).toContain((await jobOf(owner(), job.id)).title);
  });

  test('is no longer for the customer to edit once it is submitted; the shop edits on, which is logged', async () => {
    const job = await submitted(players);
    const change = { params: of(job), body: { title: 'Clearer title' }, ifMatch: job.version };
    await refusal('not_allowed_now', customer()(editJob, change));
    const edited = await owner()(editJob, change);
    expect(edited.title).toBe('Clearer title');
    const { events } = await owner()(jobs.listJobEvents, { params: of(job) });
    expect(events.at(-1)).toMatchObject({ type: 'job.edited', data: { fields: 'title' } });

    const canceled = await owner()(jobs.cancelJob, { params: of(job), body: { reason: 'test' } });
    await refusal('not_allowed_now', owner()(editJob, { ...change, ifMatch: canceled.version }));
  });

  test('is not edited by nonsense, by nobody or by another shop', async () => {
    const job = await draft();
    const edit = (body: object) => customer()(editJob, { params: of(job), body, ifMatch: job.version });
    for (const [body, field] of [
      [{ title: 'two\nlines' }, 'title'],
      [{ title: '' }, 'title'],
      [{ wantedBy: 'soon' }, 'wantedBy'],
      [{ delivery: 'by drone' }, 'delivery'],
      [{ note: 'bell \u0007' }, 'note'],
      [{}, undefined],
    ] as const)
      expect((await refusal('invalid_request', edit(body))).problem?.field).toBe(field);
    const change = { params: of(job), body: { title: 'Mine' }, ifMatch: job.version };
    await refusal('unauthenticated', nobody()(editJob, change));
    const other = await openShop(kerf.instance, 'Next Door');
    await refusal('not_found', other.owner(editJob, change));
    expect((await jobOf(owner(), job.id)).title).toBe('First thought');
  });
});

describe('a line', () => {
  test('is edited in a draft, and the price follows', async () => {
    const job = await draft();
    const before = await customer()(jobs.getPrice, { params: of(job) });
    const body = { name: 'Lid', quantity: 20, materialId: 'petg', finishId: 'sanded' };
    const part = await customer()(editPart, { params: partOf(job), body });
    expect(part).toMatchObject({ name: 'Lid', wanted: 20, materialId: 'petg', finishId: 'sanded' });
    const after = await customer()(jobs.getPrice, { params: of(job) });
    expect(after.totalMinor).toBeGreaterThan(before.totalMinor ?? 0);
    const one = await customer()(editPart, { params: partOf(job), body: { quantity: 1 } });
    expect(one).toMatchObject({ name: 'Lid', wanted: 1, materialId: 'petg' });
  });

  test('is made by the process of the material it is changed to', async () => {
    const { version, currency: _, ...book } = await owner()(getPriceBook, {});
    const [printer] = book.machines;
    if (!printer) throw new Error('The price book has no machine');
    const sinter = { ...printer, id: 'sinter', name: 'Sinter station', process: 'powder' as const };
    const nylon = {
      id: 'nylon-12',
      name: 'Nylon 12',
      process: 'powder' as const,
      densityGPerCm3: 1.01,
      pricePerKgMinor: 6000,
      startupMinor: 0,
    };
    await owner()(replacePriceBook, {
      body: { ...book, machines: [...book.machines, sinter], materials: [...book.materials, nylon] },
      ifMatch: version,
    });
    const job = await draft();
    expect(job.parts).toMatchObject([{ process: 'fdm' }]);
    const part = await customer()(editPart, { params: partOf(job), body: { materialId: 'nylon-12' } });
    expect(part.process).toBe('powder');
  });

  test('is edited by the shop until a quote is open, and again when that was taken back', async () => {
    const job = await submitted(players);
    const change = { params: partOf(job), body: { quantity: 2 } };
    await refusal('not_allowed_now', customer()(editPart, change));
    expect((await owner()(editPart, change)).wanted).toBe(2);
    await owner()(jobs.sendQuote, { params: of(job), body: {} });
    await refusal('not_allowed_now', owner()(editPart, { ...change, body: { quantity: 3 } }));
    await owner()(jobs.withdrawQuote, { params: of(job), body: {} });
    expect((await owner()(editPart, { ...change, body: { quantity: 3 } })).wanted).toBe(3);
  });

  test('edited by several at once takes every change', async () => {
    const job = await draft();
    await Promise.all([
      customer()(editPart, { params: partOf(job), body: { quantity: 7 } }),
      customer()(editPart, { params: partOf(job), body: { materialId: 'petg' } }),
      owner()(editPart, { params: partOf(job), body: { name: 'Lid' } }),
    ]);
    expect((await jobOf(owner(), job.id)).parts).toMatchObject([
      { wanted: 7, materialId: 'petg', name: 'Lid' },
    ]);
  });

  test('is not edited by nonsense or by nobody', async () => {
    const job = await draft();
    const edit = (body: object) => customer()(editPart, { params: partOf(job), body });
    for (const [body, field] of [
      [{ quantity: 0 }, 'quantity'],
      [{ quantity: 1.5 }, 'quantity'],
      [{ materialId: 'unobtainium' }, 'materialId'],
      [{ finishId: 'none-such' }, 'finishId'],
      [{ name: 'a\tb' }, 'name'],
      [{}, undefined],
    ] as const)
      expect((await refusal('invalid_request', edit(body))).problem?.field).toBe(field);
    await refusal('unauthenticated', nobody()(editPart, { params: partOf(job), body: { quantity: 2 } }));
    const other = await draft();
    const mixed = { jobId: other.id, partId: partOf(job).partId };
    await refusal('not_found', customer()(editPart, { params: mixed, body: { quantity: 2 } }));
  });
});

describe('a file', () => {
  test('is taken off a draft with the lines that order it; removed again it is not there', async () => {
    const job = await draft();
    await customer()(removeFile, { params: fileOf(job) });
    expect(await jobOf(customer(), job.id)).toMatchObject({ files: [], parts: [] });
    await refusal('not_found', customer()(removeFile, { params: fileOf(job) }));
  });

  test('of a request that was sent stays, for the customer and for the shop', async () => {
    const job = await quoted(players);
    for (const call of [customer(), owner()])
      await refusal('not_allowed_now', call(removeFile, { params: fileOf(job) }));
    expect((await jobOf(owner(), job.id)).files).toHaveLength(1);
  });

  test('is not removed by nobody or another customer', async () => {
    const job = await draft();
    const stranger = await signInCustomer(kerf.instance, players.shop.slug);
    await refusal('unauthenticated', nobody()(removeFile, { params: fileOf(job) }));
    await refusal('not_found', stranger.call(removeFile, { params: fileOf(job) }));
    expect((await jobOf(customer(), job.id)).files).toHaveLength(1);
  });
});

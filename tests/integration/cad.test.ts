import { afterAll, beforeAll, expect, test } from 'vitest';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { unpackPreview } from '#domain/geometry/preview-mesh.ts';
import type { DrawingPreview } from '#domain/geometry/preview-drawing.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { postForm, type ModelFile } from '../../scripts/walk/request.ts';
import { stepBoxes } from '../support/step-box.ts';
import { model, startKerf, type Kerf } from './support/kerf.ts';
import { refusal, untilJob } from './support/orders.ts';

let kerf: Kerf;
let shop: Awaited<ReturnType<typeof openShop>>;
let customer: Awaited<ReturnType<typeof signInCustomer>>;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'CAD Works');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

const text = (name: string, content: string): ModelFile => ({ name, content: Buffer.from(content) });
const box = text('box.step', stepBoxes([{ size: [10, 20, 30] }]));
const plate = text(
  'plate.svg',
  '<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="50mm" viewBox="0 0 100 50">' +
    '<rect width="100" height="50" fill="none" stroke="red"/><circle cx="50" cy="25" r="10" fill="none" stroke="red"/></svg>',
);

async function draft(title: string): Promise<string> {
  return (await customer.call(jobs.createJob, { body: { title, delivery: 'pickup' } })).id;
}

async function upload(jobId: string, { name, content }: ModelFile): Promise<JobView['files'][number]> {
  const { file, upload: form } = await customer.call(jobs.createFile, {
    params: { jobId },
    body: { name, bytes: content.length },
  });
  expect(await postForm(form, content)).toBe(204);
  const job = await untilJob(customer.call, jobId, `the check of ${name}`, ({ files }) =>
    files.some(({ id, checkedAt }) => id === file.id && checkedAt !== undefined),
  );
  return job.files.find(({ id }) => id === file.id) ?? file;
}

test('DF-14 CX-3 a CAD file is measured, shown small and drawn; customer and shop read all three by links of their own', async () => {
  const jobId = await draft('A box');
  const file = await upload(jobId, box);
  expect(file).toMatchObject({
    state: 'checked',
    hasPreview: true,
    report: { kind: 'mesh', format: 'step', verdict: 'fine', unit: { name: 'mm', source: 'stated' } },
  });
  for (const call of [customer.call, shop.owner]) {
    const links = await call(jobs.getFileLinks, { params: { jobId, fileId: file.id } });
    const original = await fetch(links.original);
    expect(original.headers.get('content-disposition')).toContain('box.step');
    expect(Buffer.from(await original.arrayBuffer())).toEqual(Buffer.from(box.content));
    const mesh = unpackPreview(await (await fetch(links.preview ?? '')).arrayBuffer());
    expect(mesh.triangles).toHaveLength(12 * 3);
    const thumbnail = Buffer.from(await (await fetch(links.thumbnail ?? '')).arrayBuffer());
    expect(thumbnail.subarray(1, 4).toString()).toBe('PNG');
    expect([thumbnail.readUInt32BE(16), thumbnail.readUInt32BE(20)]).toEqual([512, 512]);
  }
});

test('DF-14 a drawing for the laser is measured by its lines and shown as lines', async () => {
  const jobId = await draft('A plate');
  const file = await upload(jobId, plate);
  expect(file.report).toMatchObject({ kind: 'drawing', pierces: 2, closedContours: 2, verdict: 'fine' });
  const { preview } = await customer.call(jobs.getFileLinks, { params: { jobId, fileId: file.id } });
  const shown = (await (await fetch(preview ?? '')).json()) as DrawingPreview;
  expect(shown.contours).toHaveLength(2);
  expect(shown.layers).toEqual([expect.objectContaining({ use: 'cut' })]);
});

test('CO-09 what can not be made is told: a kept picture is no part, an unknown kind is refused', async () => {
  const jobId = await draft('Odds and ends');
  const picture = await upload(jobId, text('sketch.pdf', '%PDF-1.7\nnothing much'));
  expect(picture).toMatchObject({ state: 'checked', report: { kind: 'attachment', format: 'pdf' } });
  const order = { fileId: picture.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 };
  const refusedOrder = customer.call(jobs.addPart, { params: { jobId }, body: order });
  expect((await refusal('invalid_request', refusedOrder)).problem?.field).toBe('fileId');
  const unknown = await upload(jobId, text('part.stl', 'this is not a part'));
  expect(unknown).toMatchObject({ state: 'refused', report: { verdict: 'refused' } });
  expect(unknown.report?.problems[0]).toMatchObject({ code: 'unknown_format' });
  await refusal('not_found', customer.call(jobs.getFileLinks, { params: { jobId, fileId: unknown.id } }));
});

test('one click reads a file in another unit: measures and price follow, the shop may as well until it quotes', async () => {
  const jobId = await draft('In inches');
  const file = await upload(jobId, model('sound/bracket.stl'));
  await customer.call(jobs.addPart, {
    params: { jobId },
    body: { fileId: file.id, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  const before = await customer.call(jobs.getPrice, { params: { jobId } });
  const volume = (report: JobView['files'][number]['report']) =>
    report?.kind === 'mesh' ? report.volumeMm3 : 0;

  const small = await customer.call(jobs.setFileUnit, {
    params: { jobId, fileId: file.id },
    body: { unit: 'cm' },
  });
  expect(small.report).toMatchObject({ unit: { name: 'cm', source: 'chosen' } });
  expect(volume(small.report) / volume(file.report)).toBeCloseTo(1000, 6);
  expect(small.previewScale).toBeCloseTo(10, 9);
  const after = await customer.call(jobs.getPrice, { params: { jobId } });
  expect(after.totalMinor).not.toBe(before.totalMinor);

  const back = await customer.call(jobs.setFileUnit, {
    params: { jobId, fileId: file.id },
    body: { unit: 'mm' },
  });
  expect(volume(back.report)).toBeCloseTo(volume(file.report), 6);
  expect(back.previewScale).toBeCloseTo(1, 9);

  await customer.call(jobs.submitJob, { params: { jobId }, body: {} });
  const unit = { params: { jobId, fileId: file.id }, body: { unit: 'inch' as const } };
  await refusal('not_allowed_now', customer.call(jobs.setFileUnit, unit));
  expect((await shop.owner(jobs.setFileUnit, unit)).report).toMatchObject({ unit: { name: 'inch' } });
});

test("the shop's list shows a picture of the first part's file, its customers' list and other jobs none", async () => {
  const jobId = await draft('Pictured');
  const row = async (call: typeof customer.call) =>
    (await call(jobs.listJobs, { query: { limit: 100 } })).jobs.find(({ id }) => id === jobId);
  expect((await row(shop.owner))?.thumbnail).toBeUndefined();
  const [first, second] = [await upload(jobId, model('sound/bracket.stl')), await upload(jobId, box)];
  const order = (fileId: string) =>
    customer.call(jobs.addPart, {
      params: { jobId },
      body: { fileId, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
    });
  const part = await order(first.id);
  await order(second.id);
  const pictureOf = async (fileId: string) => {
    const { thumbnail } = await shop.owner(jobs.getFileLinks, { params: { jobId, fileId } });
    return Buffer.from(await (await fetch(thumbnail ?? '')).arrayBuffer());
  };
  const listed = async () => {
    const answer = await fetch((await row(shop.owner))?.thumbnail ?? '');
    return Buffer.from(await answer.arrayBuffer());
  };
  expect((await listed()).equals(await pictureOf(first.id))).toBe(true);
  expect((await row(customer.call))?.thumbnail).toBeUndefined();
  await customer.call(jobs.removePart, { params: { jobId, partId: part.id } });
  expect((await listed()).equals(await pictureOf(second.id))).toBe(true);
});

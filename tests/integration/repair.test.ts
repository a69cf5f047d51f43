import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import { repairFile } from '#contract/routes/edits.ts';
import * as jobs from '#contract/routes/jobs.ts';
import type { JobView } from '#contract/views/job.ts';
import { openShop, signInCustomer, type OpenShop, type SignedInCustomer } from '../../scripts/walk/people.ts';
import type { ModelFile } from '../../scripts/walk/request.ts';
import { addFile, cube, holed } from '../support/drive.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import { jobOf, refusal } from './support/orders.ts';

let kerf: Kerf;
let shop: OpenShop;
let customer: SignedInCustomer;

beforeAll(async () => {
  kerf = await startKerf();
  shop = await openShop(kerf.instance, 'Mending Fabrication');
  customer = await signInCustomer(kerf.instance, shop.slug);
});
afterAll(() => kerf?.stop());

/** A draft that orders one piece of the file. */
async function drafted(model: ModelFile): Promise<{ jobId: string; fileId: string; params: Params }> {
  const { id: jobId } = await customer.call(jobs.createJob, { body: { title: model.name } });
  const { id: fileId } = await addFile(customer.call, jobId, model);
  await customer.call(jobs.addPart, {
    params: { jobId },
    body: { fileId, materialId: 'pla', finishId: 'as-printed', quantity: 1 },
  });
  return { jobId, fileId, params: { jobId, fileId } };
}
type Params = { jobId: string; fileId: string };

const meshOf = (file: JobView['files'][number] | undefined) => {
  if (file?.report?.kind !== 'mesh') throw new Error('The file has no mesh report');
  return file.report;
};
const fileOf = ({ files }: JobView, fileId: string) => files.find(({ id }) => id === fileId);
const copyOf = ({ files }: JobView, fileId: string) => files.find((file) => file.repairedFrom === fileId);

const fetched = async (call: Call, params: Params): Promise<Uint8Array<ArrayBuffer>> => {
  const { original } = await call(jobs.getFileLinks, { params });
  return new Uint8Array(await (await fetch(original)).arrayBuffer());
};

test('CO-08 a part with holes is offered closed: the repaired copy is a new file that the line moves to, the sent file stays byte for byte', async () => {
  const { jobId, fileId, params } = await drafted(holed);
  const before = await jobOf(customer.call, jobId);
  const offer = fileOf(before, fileId)?.repair;
  expect(meshOf(fileOf(before, fileId))).toMatchObject({ verdict: 'needs_repair', watertight: false });
  expect(offer?.steps.closedHoles).toBe(25);
  expect(offer?.report).toMatchObject({ verdict: 'fine', watertight: true, openEdges: 0 });

  const after = await customer.call(repairFile, { params, body: { replaceInParts: true } });
  const copy = copyOf(after, fileId)!;
  expect(copy).toMatchObject({ name: 'holed (repaired).stl', state: 'checked', hasPreview: true });
  expect(copy.report).toEqual(offer?.report);
  expect(after.parts.map((part) => part.fileId)).toEqual([copy.id]);
  expect(fileOf(after, fileId)).toEqual(fileOf(before, fileId));
  expect(await fetched(customer.call, params)).toEqual(holed.content);
  const { jobs: listed } = await shop.owner(jobs.listJobs, { query: { limit: 100 } });
  expect(listed.find(({ id }) => id === jobId)?.thumbnail).toContain(copy.sha256);
  const { lines } = await shop.owner(jobs.getPrice, { params: { jobId } });
  expect(lines[0]?.estimate).toMatchObject({ method: 'layer-sweep-1', reliable: true });

  // What was stored is what the report says: sent as a file of its own it is checked to the same result.
  const content = await fetched(customer.call, { jobId, fileId: copy.id });
  const again = await addFile(customer.call, jobId, { name: 'again.stl', content });
  expect(again.report).toEqual(copy.report);
});

test('CO-08 without being told to, a repair leaves the lines with the file that was sent, and is done once', async () => {
  const { fileId, params } = await drafted(holed);
  const after = await customer.call(repairFile, { params, body: {} });
  expect(after.parts.map((part) => part.fileId)).toEqual([fileId]);
  const again = await refusal('not_ready', customer.call(repairFile, { params, body: {} }));
  expect(again.message).toContain('repaired already');
});

test('CO-08 a sound part is offered no repair', async () => {
  const { params } = await drafted(cube);
  expect(fileOf(await jobOf(customer.call, params.jobId), params.fileId)?.repair).toBeUndefined();
  await refusal('not_ready', customer.call(repairFile, { params, body: {} }));
});

test('CO-08 once the request is sent only the shop repairs, until its quote is out, and the log says so', async () => {
  const { jobId, fileId, params } = await drafted(holed);
  await customer.call(jobs.submitJob, { params: { jobId }, body: {} });
  await refusal('not_allowed_now', customer.call(repairFile, { params, body: {} }));
  const after = await shop.owner(repairFile, { params, body: { replaceInParts: true } });
  expect(after.parts[0]?.fileId).toBe(copyOf(after, fileId)?.id);
  const { events } = await shop.owner(jobs.listJobEvents, { params: { jobId } });
  expect(events.at(-1)).toMatchObject({ type: 'file.repaired', data: { fileId, name: holed.name } });

  const late = await drafted(holed);
  await customer.call(jobs.submitJob, { params: { jobId: late.jobId }, body: {} });
  await shop.owner(jobs.sendQuote, { params: { jobId: late.jobId }, body: {} });
  await refusal('not_allowed_now', shop.owner(repairFile, { params: late.params, body: {} }));
});

test('CO-08 a file read in another unit is repaired in that unit', async () => {
  const { jobId, fileId, params } = await drafted(holed);
  const { volumeMm3 } = fileOf(await jobOf(customer.call, jobId), fileId)!.repair!.report;
  await customer.call(jobs.setFileUnit, { params, body: { unit: 'cm' } });
  const copy = copyOf(await customer.call(repairFile, { params, body: {} }), fileId);
  expect(meshOf(copy).unit).toEqual({ name: 'cm', source: 'chosen' });
  expect(meshOf(copy).volumeMm3).toBeCloseTo(volumeMm3 * 1000, 3);
  expect(copy?.previewScale).toBe(10);
});

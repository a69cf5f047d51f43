import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '#contract/client.ts';
import * as jobs from '#contract/routes/jobs.ts';
import { confirmBedClear } from '#contract/routes/farm.ts';
import * as routes from '#contract/routes/quality.ts';
import { replaceTemplate } from '#contract/routes/templates.ts';
import type { JobView } from '#contract/views/job.ts';
import { until } from '../../scripts/walk/instance.ts';
import { openShop, signInCustomer } from '../../scripts/walk/people.ts';
import { postForm } from '../../scripts/walk/request.ts';
import { print, printerWithDevice } from './support/device.ts';
import { startKerf, type Kerf } from './support/kerf.ts';
import {
  byLink,
  inQualityCheck,
  linkSecret,
  quoted,
  refusal,
  started,
  untilJob,
  type Workshop,
} from './support/orders.ts';

let kerf: Kerf;
let workshop: Workshop;
let owner: Call;
let job: JobView;

beforeAll(async () => {
  kerf = await startKerf();
  const { instance } = kerf;
  const shop = await openShop(instance, 'Sharp Eyes');
  const customer = await signInCustomer(instance, shop.slug);
  workshop = { instance, shop, customer, ...(await printerWithDevice(instance, shop.owner)) };
  owner = shop.owner;
  job = await inQualityCheck(workshop);
}, 200_000);
afterAll(async () => {
  await workshop?.device.close();
  await kerf?.stop();
});

const checklist = async () => {
  const { checklists } = await owner(routes.listChecklists, {});
  const list = checklists.find(({ id }) => id === 'fdm');
  if (!list) throw new Error('There is no list for filament printing');
  return list;
};

/** Looks at the job by the list in force; `measured` for a wanted 20 mm. */
async function inspect(jobId: string, measured = 20.1) {
  const list = await checklist();
  return owner(routes.recordInspection, {
    params: { jobId },
    body: {
      checklistId: list.id,
      checklistVersion: list.version,
      items: list.items.map(({ id, tolerance }) =>
        tolerance ? { itemId: id, nominal: 20, measured } : { itemId: id, result: 'pass' as const },
      ),
    },
  });
}

/** The start of a JPEG is all that is looked at; what follows is the camera's business. */
const jpeg = (bytes = 400) => {
  const content = new Uint8Array(bytes);
  content.set([0xff, 0xd8, 0xff, 0xe0]);
  return content;
};

async function addPhoto(
  content: Uint8Array<ArrayBuffer>,
  body: { shared?: boolean; inspectionId?: string } = {},
) {
  const params = { jobId: job.id };
  const { photo, upload } = await owner(routes.createPhoto, {
    params,
    body: { name: 'front.jpg', bytes: content.length, ...body },
  });
  expect(await postForm(upload, content)).toBe(204);
  return until('the look at the photo', async () => {
    const { photos } = await owner(routes.listPhotos, { params });
    return photos.find(({ id, state }) => id === photo.id && state !== 'awaiting_upload');
  });
}
const photosOf = async (call: Call) => (await call(routes.listPhotos, { params: { jobId: job.id } })).photos;

describe('inspections', () => {
  test('CO-46 CO-47 the shop edits its list for a way of making; an edit of an old version is stale', async () => {
    const before = await checklist();
    expect(before.items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Layer adhesion', 'Dimensional accuracy', 'Surface finish']),
    );
    const put = (ifMatch: number) =>
      owner(routes.replaceChecklist, {
        ifMatch,
        body: {
          id: before.id,
          name: before.name,
          items: [...before.items, { id: 'smell', label: 'No smell' }],
        },
      });
    expect(await put(before.version)).toMatchObject({ version: before.version + 1 });
    await refusal('stale', put(before.version));
    expect((await checklist()).items.at(-1)).toEqual({ id: 'smell', label: 'No smell' });
  });

  test('CO-45 an inspection holds every item, its measurement, the inspector and the outcome', async () => {
    const inspection = await inspect(job.id);
    expect(inspection).toMatchObject({ outcome: 'pass', attempt: 1, reworkCycle: 0 });
    expect(inspection.inspector).not.toBe('');
    expect(inspection.items.find(({ measurement }) => measurement)).toMatchObject({
      result: 'pass',
      measurement: { nominal: 20, measured: 20.1, tolerance: { absolute: 0.2, percent: 0.5, unit: 'mm' } },
    });
    const { inspections } = await owner(routes.listInspections, { params: { jobId: job.id } });
    expect(inspections).toEqual([inspection]);
  });

  test('an unanswered item, a list changed meanwhile and a job that is not made are refused', async () => {
    const { id: checklistId, version: checklistVersion } = await checklist();
    const record = (body: object, jobId = job.id) =>
      owner(routes.recordInspection, {
        params: { jobId },
        body: { checklistId, checklistVersion, items: [], ...body },
      });
    expect((await refusal('invalid_request', record({}))).problem?.field).toMatch(/^items\./);
    await refusal('stale', record({ checklistVersion: checklistVersion + 1 }));
    await refusal('not_allowed_now', record({}, (await quoted(workshop)).id));
  });

  test('CO-52 first-pass yield counts first looks only: a second look at reworked pieces changes nothing', async () => {
    const yieldNow = async () => {
      const day = new Date().toISOString().slice(0, 10);
      const { months } = await owner(routes.getFirstPassYield, { query: { from: '2026-01-01', to: day } });
      return months.at(-1);
    };
    const poor = await inQualityCheck(workshop);
    expect(await inspect(poor.id, 21)).toMatchObject({ outcome: 'fail', attempt: 1 });
    const figures = await until('the yield of both first looks', async () => {
      const now = await yieldNow();
      return now?.inspected === 2 && now;
    });
    expect(figures).toMatchObject({ passed: 1, percent: 50 });
    expect(await inspect(poor.id)).toMatchObject({ outcome: 'pass', attempt: 2 });
    expect(await yieldNow()).toEqual(figures);
    const backwards = owner(routes.getFirstPassYield, { query: { from: '2027-01-02', to: '2027-01-01' } });
    await expect(backwards).rejects.toMatchObject({ status: 400, problem: { field: 'to' } });
  });
});

test('CO-46 an item may want a photo of this very job, and an answer', async () => {
  const { id, name, items, version } = await checklist();
  const wanted = [{ id: 'front', label: 'The front', photo: true, required: true }];
  const edited = await owner(routes.replaceChecklist, {
    ifMatch: version,
    body: { id, name, items: wanted },
  });
  const record = (answer: object) =>
    owner(routes.recordInspection, {
      params: { jobId: job.id },
      body: {
        checklistId: id,
        checklistVersion: edited.version,
        items: [{ itemId: 'front', result: 'pass', ...answer }],
      },
    });
  for (const wrong of [{}, { result: 'na' }, { photoIds: ['photo_01aaaaaaaaaaaaaaaaaaaaaaaa'] }])
    expect((await refusal('invalid_request', record(wrong))).problem?.field).toBe('items.front');
  const photo = await addPhoto(jpeg());
  expect((await record({ photoIds: [photo.id] })).items[0]?.photoIds).toEqual([photo.id]);
  const params = { jobId: job.id, photoId: photo.id };
  await owner(routes.removePhoto, { params });
  await owner(routes.replaceChecklist, { ifMatch: edited.version, body: { id, name, items } });
});

describe('photos', () => {
  test('CO-49 a photo of finished work is attached to an inspection, stored as what it is, and its content is what was sent', async () => {
    const { inspections } = await owner(routes.listInspections, { params: { jobId: job.id } });
    const inspectionId = inspections[0]?.id ?? '';
    const photo = await addPhoto(jpeg(), { inspectionId });
    expect(photo).toMatchObject({ state: 'stored', type: 'image/jpeg', inspectionId, shared: false });
    const response = await fetch(photo.url ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpeg());
  });

  test('customers see a photo when it is shared, and no longer when it is hidden again', async () => {
    const photo = await addPhoto(jpeg(500));
    const secret = await linkSecret(workshop.instance, workshop.customer.email, job.id);
    const [session, link] = [workshop.customer.call, byLink(workshop.instance, secret)];
    const share = (shared: boolean) =>
      owner(routes.sharePhoto, { params: { jobId: job.id, photoId: photo.id }, body: { shared } });
    expect(await photosOf(session)).toEqual([]);
    await share(true);
    for (const call of [session, link])
      expect((await photosOf(call)).map(({ id }) => id)).toEqual([photo.id]);
    await share(false);
    for (const call of [session, link]) expect(await photosOf(call)).toEqual([]);
  });

  test('what only calls itself a photo is refused and thrown away', async () => {
    const page = new TextEncoder().encode('<svg onload="alert(1)"/>');
    expect(await addPhoto(page)).toMatchObject({ state: 'refused' });
  });

  test('a removed photo is gone with its content; an unknown inspection and too many bytes are refused', async () => {
    const photo = await addPhoto(jpeg(600));
    const params = { jobId: job.id, photoId: photo.id };
    await owner(routes.removePhoto, { params });
    expect((await photosOf(owner)).some(({ id }) => id === photo.id)).toBe(false);
    // Without the right to list the store tells nobody whether it has something.
    expect((await fetch(photo.url ?? '')).status).toBe(403);
    await refusal('not_found', owner(routes.removePhoto, { params }));
    const announce = (body: object) =>
      owner(routes.createPhoto, { params: { jobId: job.id }, body: { name: 'x.jpg', bytes: 10, ...body } });
    await refusal('invalid_request', announce({ bytes: 8_000_001 }));
    await refusal('invalid_request', announce({ inspectionId: 'ins_01aaaaaaaaaaaaaaaaaaaaaaaa' }));
  });
});

describe('passing the check', () => {
  const pass = (jobId: string) => owner(jobs.passCheck, { params: { jobId }, body: {} });

  test('CO-45 CO-53 a check is passed on a filled inspection of these pieces, and on none that failed', async () => {
    const { id: jobId, parts } = await inQualityCheck(workshop);
    const params = { jobId };
    const unseen = await refusal('not_ready', pass(jobId));
    expect(unseen.message).toContain('Nobody has inspected this by the list for filament printing yet');
    expect(unseen.problem?.field).toBe('inspections');
    await inspect(jobId, 21);
    expect((await refusal('not_ready', pass(jobId))).message).toContain('has failed');

    const fault = { partId: parts[0]?.id ?? '', count: 1, reason: 'too long' };
    const failed = await owner(jobs.failCheck, { params, body: fault });
    const run = await started(workshop, failed);
    await print(workshop.device, run.id);
    await owner(confirmBedClear, { params: { machineId: workshop.printer.id } });
    await untilJob(owner, jobId, 'the second check', ({ status }) => status === 'quality_check');
    // What was looked at before was another piece.
    await refusal('not_ready', pass(jobId));
    await inspect(jobId);
    expect((await pass(jobId)).status).toBe('ready_for_pickup');
  });

  test('CO-45 a shop that does not inspect every order switches that off in its own template', async () => {
    const { id: jobId } = await inQualityCheck(workshop);
    await refusal('not_ready', pass(jobId));
    const own = { statuses: {}, off: [], needsInspection: false };
    const mine = await owner(replaceTemplate, { params: { name: 'fabrication' }, body: own, ifMatch: 0 });
    expect(mine).toMatchObject({ needsInspection: false });
    expect((await pass(jobId)).status).toBe('ready_for_pickup');
    await owner(replaceTemplate, { params: { name: 'fabrication' }, body: { statuses: {} }, ifMatch: 1 });
  });
});

import { createHash } from 'node:crypto';
import type { JobFile } from '#domain/file/file.ts';
import { kernelVersion, type GeometryReport } from '#domain/geometry/report.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { topics, type Poke } from '#contract/mqtt.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import {
  listCheckedContents,
  loadFile,
  putChecked,
  putCheckedContent,
  type CheckedContent,
} from '../adapters/dynamo/repositories/files.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadStanding } from '../adapters/dynamo/repositories/standings.ts';
import { usageWrite } from '../adapters/dynamo/repositories/usages.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { publish } from '../adapters/iot/publish.ts';
import { copyObject, discard, keys, readObject, type ReadObject } from '../adapters/s3/files.ts';
import { checkFile } from '../files/check-file.ts';
import { isShutOut } from './is-shut-out.ts';
import { areLayersOfToday, storeLayers } from './layers-of-file.ts';
import { storePreview } from './store-preview.ts';
import { storedIfFull } from './storage-room.ts';
import { storeRepair } from './store-repair.ts';

/** Checks one upload and stores what was found. A second event for the same upload finds nothing to do. */
export async function checkUpload(
  upload: { shopId: string; jobId: string; fileId: string },
  key: string,
): Promise<void> {
  const t = tenant(upload.shopId);
  const file = await loadFile(t, upload.jobId, upload.fileId);
  if (!file || file.state !== 'awaiting_upload' || (await isShutOut(t))) return discard(t.shopId, key);
  const { plan } = await loadStanding(t, false);
  if ((await storedIfFull(t, plan, 'staff', file.bytes)) !== undefined) {
    await conclude(t, { ...file, state: 'refused', report: noRoom(file.bytes), checkedAt: now() });
    return discard(t.shopId, key);
  }
  const object = await readObject(t.shopId, key);
  if (!object) return;
  const checked = await contentOf(t, key, object);
  // Replaced while it was checked: the replacement has an event of its own.
  if (!checked) return;

  const { bytes, sha256, report, hasPreview, hasLayers, repair } = checked;
  const refused = report.verdict === 'refused';
  if (!refused && !(await copyObject(t.shopId, key, object.etag, keys.checked(t.shopId, sha256)))) return;
  await remember(t, checked);
  const instant = now();
  const found: JobFile = {
    ...file,
    bytes,
    state: refused ? 'refused' : 'checked',
    sha256,
    report,
    hasPreview,
    hasLayers,
    ...(repair && { repair }),
    checkedAt: instant,
  };
  await conclude(t, found, refused ? [] : [usageWrite(t, monthOf(instant), { files: 1, fileBytes: bytes })]);
  // Only now: a check that dies before its word is stored begins again from the upload.
  await discard(t.shopId, key);
}

/** Stores what the check found, once, and tells the pages. */
async function conclude(t: Tenant, file: JobFile, writes: readonly Write[] = []): Promise<void> {
  try {
    await commit(t.client, [putChecked(t, file), ...writes]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  await tellPages(t.shopId, file.jobId);
}

const noRoom = (bytes: number): GeometryReport => ({
  kind: 'attachment',
  format: 'unknown',
  bytes,
  verdict: 'refused',
  problems: [
    {
      code: 'no_room',
      severity: 'refusal',
      message:
        'The shop has no room for more files at present, so this one was not kept. Ask the shop, then send it again.',
    },
  ],
  kernelVersion,
});

/** What is known of the content, from an earlier check or from this one; undefined when it was replaced meanwhile. */
async function contentOf(t: Tenant, key: string, object: ReadObject): Promise<CheckedContent | undefined> {
  const known = (await listCheckedContents(t, object.bytes)).filter(
    ({ report }) => report.kernelVersion === kernelVersion,
  );
  // Only a file as long as a known one is worth reading for its hash alone.
  if (known.length === 0) return measure(t, key, object);
  const sha256 = await hashOf(object);
  const before = known.find((each) => each.sha256 === sha256);
  if (before && (!before.hasLayers || (await areLayersOfToday(t, sha256)))) return before;
  const again = await readSame(t.shopId, key, object.etag);
  return again && measure(t, key, again);
}

async function hashOf({ content }: ReadObject): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}

/** The object once more; undefined when it is not the same any more. */
async function readSame(shopId: string, key: string, etag: string): Promise<ReadObject | undefined> {
  const again = await readObject(shopId, key);
  return again?.etag === etag ? again : undefined;
}

async function measure(
  t: Tenant,
  key: string,
  { content, bytes, etag }: ReadObject,
): Promise<CheckedContent> {
  const reopen = async () => {
    const again = await readSame(t.shopId, key, etag);
    // The event of what replaced it, or this one repeated, begins anew.
    if (!again) throw new Error(`${key} was replaced while it was checked`);
    return again.content;
  };
  const checked = await checkFile(content, { totalBytes: bytes, reopen, keepMesh: true });
  const { report, sha256 } = checked;
  const [hasPreview, hasLayers] =
    report.verdict === 'refused'
      ? [false, false]
      : await Promise.all([storePreview(t.shopId, checked), storeLayers(t, checked)]);
  const repair = await storeRepair(t, checked);
  return {
    bytes,
    sha256,
    report: storable(report),
    hasPreview,
    hasLayers,
    ...(repair && { repair: { ...repair, report: storable(repair.report) } }),
  };
}

async function remember(t: Tenant, content: CheckedContent): Promise<void> {
  try {
    await commit(t.client, [putCheckedContent(t, content)]);
  } catch (error) {
    // The same content is being remembered from another upload.
    if (!(error instanceof ConflictError)) throw error;
  }
}

/** Measures of nonsense may be beyond any number a row can hold; at its edge they say the same. */
function storable<Report extends GeometryReport>(report: Report): Report {
  const most = Number.MAX_SAFE_INTEGER;
  const bounded = (value: number) => (Number.isNaN(value) ? 0 : Math.min(most, Math.max(-most, value)));
  // Infinity and NaN have no JSON: they are bounded on the way out.
  const text = JSON.stringify(report, (_, value: unknown) =>
    typeof value === 'number' ? bounded(value) : value,
  );
  return JSON.parse(text) as Report;
}

async function tellPages(shopId: string, jobId: string): Promise<void> {
  const job = await findJob(tenant(shopId), jobId);
  if (!job) return;
  const poke: Poke = { kind: 'job', jobId };
  await Promise.all([
    publish(shopId, topics.staff(shopId), poke),
    publish(shopId, topics.customer(shopId, job.customer.customerId), poke),
  ]);
}

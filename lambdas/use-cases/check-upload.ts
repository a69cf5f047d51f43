import type { GeometryReport } from '#domain/geometry/report.ts';
import { topics, type Poke } from '#contract/mqtt.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { loadFile, putChecked } from '../adapters/dynamo/repositories/files.ts';
import { loadJob } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { publish } from '../adapters/iot/publish.ts';
import { copyObject, discard, keys, readObject } from '../adapters/s3/files.ts';
import { checkFile } from '../files/check-file.ts';
import { storeLayers } from './layers-of-file.ts';
import { storePreview } from './store-preview.ts';

/** Checks one upload and stores what was found. A second event for the same upload finds nothing to do. */
export async function checkUpload(
  upload: { shopId: string; jobId: string; fileId: string },
  key: string,
): Promise<void> {
  const t = tenant(upload.shopId);
  const file = await loadFile(t, upload.jobId, upload.fileId);
  if (!file || file.state !== 'awaiting_upload') return discard(key);
  const object = await readObject(key);
  if (!object) return;

  const { content, bytes, etag } = object;
  const checked = await checkFile(content, { totalBytes: bytes, keepMesh: true });
  const { report, sha256 } = checked;
  const refused = report.verdict === 'refused';
  // Replaced while it was checked: the replacement has an event of its own.
  if (!refused && !(await copyObject(key, etag, keys.checked(t.shopId, sha256)))) return;
  const [hasPreview, hasLayers] = refused
    ? [false, false]
    : await Promise.all([storePreview(t.shopId, checked), storeLayers(t, checked)]);
  try {
    await commit(t.client, [
      putChecked(t, {
        ...file,
        bytes,
        state: refused ? 'refused' : 'checked',
        sha256,
        report: storable(report),
        hasPreview,
        hasLayers,
        checkedAt: now(),
      }),
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  // Only now: a check that dies before its word is stored begins again from the upload.
  await discard(key);
  await tellPages(upload.shopId, upload.jobId);
}

/** Measures of nonsense may be beyond any number a row can hold; at its edge they say the same. */
function storable(report: GeometryReport): GeometryReport {
  const most = Number.MAX_SAFE_INTEGER;
  const bounded = (value: number) => (Number.isNaN(value) ? 0 : Math.min(most, Math.max(-most, value)));
  // Infinity and NaN have no JSON: they are bounded on the way out.
  const text = JSON.stringify(report, (_, value: unknown) =>
    typeof value === 'number' ? bounded(value) : value,
  );
  return JSON.parse(text) as GeometryReport;
}

async function tellPages(shopId: string, jobId: string): Promise<void> {
  const job = (await loadJob(tenant(shopId), jobId))?.job;
  if (!job) return;
  const poke: Poke = { kind: 'job', jobId };
  await Promise.all([
    publish(topics.staff(shopId), poke),
    publish(topics.customer(shopId, job.customer.customerId), poke),
  ]);
}

import { createHash } from 'node:crypto';
import { kernelVersion, type GeometryReport } from '#domain/geometry/report.ts';
import { topics, type Poke } from '#contract/mqtt.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import {
  listCheckedContents,
  loadFile,
  putChecked,
  putCheckedContent,
  type CheckedContent,
} from '../adapters/dynamo/repositories/files.ts';
import { loadJob } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { publish } from '../adapters/iot/publish.ts';
import { copyObject, discard, keys, readObject } from '../adapters/s3/files.ts';
import { checkFile } from '../files/check-file.ts';
import { storeLayers } from './layers-of-file.ts';
import { storePreview } from './store-preview.ts';

/** Checks one upload and stores what was found. A second event for the same upload finds nothing to do. */
export async function checkUpload(
  upload: { shopId: string; jobId: string; fileId: string },
  key: string,
  bytes: number,
): Promise<void> {
  const t = tenant(upload.shopId);
  const file = await loadFile(t, upload.jobId, upload.fileId);
  if (!file || file.state !== 'awaiting_upload') return discard(key);
  const checked = (await recall(t, key, bytes)) ?? (await measure(t, key, bytes));
  if (!checked) return;

  const { report, sha256, hasPreview, hasLayers } = checked;
  const refused = report.verdict === 'refused';
  if (!refused) await copyObject(key, keys.checked(t.shopId, sha256));
  await remember(t, { bytes, sha256, report, hasPreview, hasLayers });
  try {
    await commit(t.client, [
      putChecked(t, {
        ...file,
        bytes,
        state: refused ? 'refused' : 'checked',
        sha256,
        report,
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

/** What was found when the shop sent the same content before, by the check as it is today. */
async function recall(t: Tenant, key: string, bytes: number): Promise<Checked | undefined> {
  const known = (await listCheckedContents(t, bytes)).filter(
    ({ report }) => report.kernelVersion === kernelVersion,
  );
  // Only a file as long as a known one is worth reading for its hash alone.
  const content = known.length > 0 ? await readObject(key) : undefined;
  if (!content) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  const sha256 = hash.digest('hex');
  return known.find((each) => each.sha256 === sha256);
}

async function measure(t: Tenant, key: string, bytes: number): Promise<Checked | undefined> {
  const content = await readObject(key);
  if (!content) return undefined;
  const reopen = async () => {
    const again = await readObject(key);
    if (!again) throw new Error(`${key} is gone while it is checked`);
    return again;
  };
  const checked = await checkFile(content, { totalBytes: bytes, reopen, keepMesh: true });
  const { report, sha256 } = checked;
  const [hasPreview, hasLayers] =
    report.verdict === 'refused'
      ? [false, false]
      : await Promise.all([storePreview(t.shopId, checked), storeLayers(t, checked)]);
  return { report: storable(report), sha256, hasPreview, hasLayers };
}

async function remember(t: Tenant, content: CheckedContent): Promise<void> {
  try {
    await commit(t.client, [putCheckedContent(t, content)]);
  } catch (error) {
    // The same content is being remembered from another upload.
    if (!(error instanceof ConflictError)) throw error;
  }
}

type Checked = Omit<CheckedContent, 'bytes'>;

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

import { maximumPhotoBytes, sniffPhoto, type Photo } from '#domain/photo/photo.ts';
import { monthOf } from '#domain/platform/usage.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import { eventWrite, findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadPhoto, putSeenPhoto } from '../adapters/dynamo/repositories/quality.ts';
import { usageWrite } from '../adapters/dynamo/repositories/usages.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { discard, keys, readWhole, writeObject } from '../adapters/s3/files.ts';
import { isShutOut } from './is-shut-out.ts';

/** Keeps an upload that is a photo by its bytes and throws anything else away. A second event for it finds nothing to do. */
export async function checkPhoto(
  upload: { shopId: string; jobId: string; photoId: string },
  key: string,
): Promise<void> {
  const t = tenant(upload.shopId);
  const photo = await loadPhoto(t, upload.jobId, upload.photoId);
  if (!photo || photo.state !== 'awaiting_upload' || (await isShutOut(t))) return discard(t.shopId, key);
  const content = await readWhole(t.shopId, key);
  if (!content) return;

  const type = content.length <= maximumPhotoBytes ? sniffPhoto(content, photo.kind) : undefined;
  // Served as what it is, never as what its sender called it.
  if (type) await writeObject(t.shopId, keys.photo(t.shopId, photo.jobId, photo.id), content, type);
  const seen: Photo = type
    ? { ...photo, bytes: content.length, state: 'stored', type }
    : { ...photo, bytes: content.length, state: 'refused' };
  try {
    await commit(t.client, [
      putSeenPhoto(t, seen),
      ...(await wordOf(t, seen)),
      ...(type ? [usageWrite(t, monthOf(now()), { files: 1, fileBytes: content.length })] : []),
    ]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  await discard(t.shopId, key);
}

/** The shop hears of what a vendor has drawn. */
async function wordOf(t: Tenant, { jobId, byVendor, state, by, name }: Photo): Promise<Write[]> {
  const job = byVendor && state === 'stored' ? await findJob(t, jobId) : undefined;
  if (!job) return [];
  const event = { type: 'vendor.drawing_added' as const, data: { vendor: by, name } };
  return [eventWrite(t, job, event, { kind: 'vendor', name: by }, now())];
}

import { maximumPhotoBytes, sniffPhoto, type Photo } from '#domain/photo/photo.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { loadPhoto, putSeenPhoto } from '../adapters/dynamo/repositories/quality.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { discard, keys, readWhole, writeObject } from '../adapters/s3/files.ts';

/** Keeps an upload that is a photo by its bytes and throws anything else away. A second event for it finds nothing to do. */
export async function checkPhoto(
  upload: { shopId: string; jobId: string; photoId: string },
  key: string,
): Promise<void> {
  const t = tenant(upload.shopId);
  const photo = await loadPhoto(t, upload.jobId, upload.photoId);
  if (!photo || photo.state !== 'awaiting_upload') return discard(t.shopId, key);
  const content = await readWhole(t.shopId, key);
  if (!content) return;

  const type = content.length <= maximumPhotoBytes ? sniffPhoto(content) : undefined;
  // Served as what it is, never as what its sender called it.
  if (type) await writeObject(t.shopId, keys.photo(t.shopId, photo.jobId, photo.id), content, type);
  const seen: Photo = type
    ? { ...photo, bytes: content.length, state: 'stored', type }
    : { ...photo, bytes: content.length, state: 'refused' };
  try {
    await commit(t.client, [putSeenPhoto(t, seen)]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  await discard(t.shopId, key);
}

import type { Call } from '#contract/client.ts';
import { createPhoto } from '#contract/routes/quality.ts';
import { postForm } from '../../shared/post-form.ts';

export const photoTypes = 'image/png,image/jpeg,image/webp,image/gif';

/** Announces photos of a job and sends them, one after the other; their ids. */
export async function uploadPhotos(call: Call, jobId: string, files: readonly File[]): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) {
    const { photo, upload } = await call(createPhoto, {
      params: { jobId },
      body: { name: file.name.slice(0, 200).toWellFormed(), bytes: file.size },
    });
    await postForm(upload, file);
    ids.push(photo.id);
  }
  return ids;
}

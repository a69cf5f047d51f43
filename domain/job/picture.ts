import type { JobFile } from '../file/file.ts';
import type { Job, Part } from './job.ts';

/** The job with the picture that lists show of it: that of the first line whose file has one. */
export function withPicture(job: Job, parts: readonly Part[], files: readonly JobFile[]): Job {
  const { pictureSha256: _, ...rest } = job;
  const pictures = parts.map(({ fileId }) => files.find(({ id, hasPreview }) => id === fileId && hasPreview));
  const pictureSha256 = pictures.find((file) => file?.sha256 !== undefined)?.sha256;
  return pictureSha256 === undefined ? rest : { ...rest, pictureSha256 };
}

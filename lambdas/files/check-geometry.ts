import type { S3Event } from 'aws-lambda';
import { parsePhotoKey, parseQuarantineKey } from '../adapters/s3/files.ts';
import { checkPhoto } from '../use-cases/check-photo.ts';
import { checkUpload } from '../use-cases/check-upload.ts';

/** A new object in quarantine: sniffed, checked, and moved to the key of its content or thrown away. Events without records (S3's own test) mean nothing. */
export async function handler(event: Partial<S3Event>): Promise<void> {
  for (const { s3 } of event.Records ?? []) {
    const key = decodeURIComponent(s3.object.key.replaceAll('+', ' '));
    const upload = parseQuarantineKey(key);
    if (upload) await checkUpload(upload, key);
    const photo = parsePhotoKey(key);
    if (photo) await checkPhoto(photo, key);
  }
}

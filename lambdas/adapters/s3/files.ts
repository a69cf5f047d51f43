import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { environment } from '../../env.ts';

const { BUCKET_NAME: Bucket } = environment('BUCKET_NAME');
const client = new S3Client({});

const uploadSeconds = 15 * 60;
const downloadSeconds = 30 * 60;

/** Keys of one shop's objects; every one begins with `t/<shopId>/`, and ids are checked, so none can reach outside. */
export const keys = {
  quarantine: (shopId: string, jobId: string, fileId: string) =>
    inside(shopId, `quarantine/${jobId}/${fileId}.upload`),
  photoQuarantine: (shopId: string, jobId: string, photoId: string) =>
    inside(shopId, `quarantine/${jobId}/${photoId}.upload`),
  photo: (shopId: string, jobId: string, photoId: string) => inside(shopId, `photos/${jobId}/${photoId}`),
  checked: (shopId: string, hash: string) => inside(shopId, `files/${hash}`),
  issuedDocument: (shopId: string, hash: string) => inside(shopId, `documents/${hash}.pdf`),
  /** One place per document of a job: the newest print takes it. */
  draftDocument: (shopId: string, jobId: string, documentKey: string) =>
    inside(shopId, `drafts/${jobId}/${documentKey}.pdf`),
  logo: (shopId: string, hash: string) => inside(shopId, `logos/${hash}`),
};

/** What an upload's key says, or undefined when it is not one of ours. */
export function parseQuarantineKey(
  key: string,
): { shopId: string; jobId: string; fileId: string } | undefined {
  const match = /^t\/(shop_\w{26})\/quarantine\/(job_\w{26})\/(file_\w{26})\.upload$/.exec(key);
  return match ? { shopId: match[1] ?? '', jobId: match[2] ?? '', fileId: match[3] ?? '' } : undefined;
}

/** What a photo's upload key says, or undefined when it is not one of ours. */
export function parsePhotoKey(key: string): { shopId: string; jobId: string; photoId: string } | undefined {
  const match = /^t\/(shop_\w{26})\/quarantine\/(job_\w{26})\/(photo_\w{26})\.upload$/.exec(key);
  return match ? { shopId: match[1] ?? '', jobId: match[2] ?? '', photoId: match[3] ?? '' } : undefined;
}

function inside(shopId: string, rest: string): string {
  if (!/^shop_[0-9a-z]{26}$/.test(shopId) || rest.includes('..'))
    throw new Error('Outside the fence: object key');
  return `t/${shopId}/${rest}`;
}

export interface UploadForm {
  url: string;
  fields: Record<string, string>;
  expiresAt: string;
}

/** A form for exactly this key and at most this many bytes. */
export async function uploadForm(key: string, bytes: number): Promise<UploadForm> {
  const { url, fields } = await createPresignedPost(client, {
    Bucket,
    Key: key,
    Conditions: [['content-length-range', 1, bytes]],
    Expires: uploadSeconds,
  });
  return { url, fields, expiresAt: new Date(Date.now() + uploadSeconds * 1000).toISOString() };
}

/** The object's bytes as they come. */
export async function readObject(key: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
    return Body as AsyncIterable<Uint8Array> | undefined;
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

/** All bytes of a small object. */
export async function readWhole(key: string): Promise<Buffer | undefined> {
  const content = await readObject(key);
  if (!content) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Stores what we made ourselves. `fileName` is what a browser calls it: letters, digits and dashes with an ending. */
export async function writeObject(
  key: string,
  content: Uint8Array,
  { contentType, fileName }: { contentType: string; fileName?: string },
): Promise<void> {
  await client.send(
    new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ContentType: contentType,
      ...(fileName ? { ContentDisposition: `inline; filename="${fileName}"` } : {}),
    }),
  );
}

/** Copies a checked upload to the key of its content. Repeating it changes nothing. */
export async function copyObject(from: string, to: string): Promise<void> {
  await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource: `${Bucket}/${from}` }));
}

export async function discard(key: string): Promise<void> {
  await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
}

/** Until when a link made now works. */
export const downloadEnds = (): string => new Date(Date.now() + downloadSeconds * 1000).toISOString();

/** A link anybody who has it can fetch the object by. */
export const downloadUrl = (key: string): Promise<string> =>
  getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), { expiresIn: downloadSeconds });

import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { uploadTag } from '#contract/uploads.ts';
import { environment } from '../../env.ts';
import { rememberedBy } from '../remembered.ts';
import { credentialsOf } from '../shop-credentials.ts';

const { BUCKET_NAME: Bucket } = environment('BUCKET_NAME');
export const bucketName = Bucket;

const uploadSeconds = 15 * 60;
const downloadSeconds = 30 * 60;
const steadyMs = 10 * 60_000;

const { requestHandler } = new S3Client({}).config;
const clientOf = rememberedBy(
  200,
  // All shops share the connections; who asks is in the signature.
  (shopId) => new S3Client({ credentials: credentialsOf(shopId, downloadSeconds * 1000), requestHandler }),
);

/** The shop's own client, with rights on its own folder alone; refuses a key outside of it before anything leaves. */
export function clientFor(shopId: string, ...objectKeys: readonly string[]): S3Client {
  for (const key of objectKeys)
    if (!key.startsWith(inside(shopId, ''))) throw new Error('Outside the fence: object key');
  return clientOf(shopId);
}

/** Keys of one shop's objects; every one begins with `t/<shopId>/`, and ids are checked, so none can reach outside. */
export const keys = {
  quarantine: (shopId: string, jobId: string, fileId: string) =>
    inside(shopId, `quarantine/${jobId}/${fileId}.upload`),
  photoQuarantine: (shopId: string, jobId: string, photoId: string) =>
    inside(shopId, `quarantine/${jobId}/${photoId}.upload`),
  photo: (shopId: string, jobId: string, photoId: string) => inside(shopId, `photos/${jobId}/${photoId}`),
  issuedDocument: (shopId: string, hash: string) => inside(shopId, `documents/${hash}.pdf`),
  /** What an issued document says, to be printed. */
  wording: (shopId: string, hash: string) => inside(shopId, `documents/${hash}.json`),
  /** One place per document of a job: the newest print takes it. */
  draftDocument: (shopId: string, jobId: string, documentKey: string) =>
    inside(shopId, `drafts/${jobId}/${documentKey}.pdf`),
  /** The newest sample of how a letterhead would look. */
  letterheadSample: (shopId: string) => inside(shopId, 'drafts/letterhead.pdf'),
  /** A file of a copy of the whole shop. */
  exported: (shopId: string, exportId: string, volume: string) =>
    inside(shopId, `exports/${exportId}/${volume}`),
  logo: (shopId: string, hash: string) => inside(shopId, `logos/${hash}`),
  checked: (shopId: string, hash: string) => inside(shopId, `files/${hash}`),
  /** The small mesh or the contours that the viewer shows. */
  preview: (shopId: string, hash: string) => inside(shopId, `previews/${hash}`),
  /** The layers that prints are estimated from. */
  layers: (shopId: string, hash: string) => inside(shopId, `layers/${hash}.json`),
  thumbnail: (shopId: string, hash: string) => inside(shopId, `thumbnails/${hash}.png`),
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

const tagging = `<Tagging><TagSet><Tag><Key>${uploadTag.key}</Key><Value>${uploadTag.value}</Value></Tag></TagSet></Tagging>`;

/** A form for exactly this key and at most this many bytes, tagged so that an upload nobody checks expires. */
export async function uploadForm(shopId: string, key: string, bytes: number): Promise<UploadForm> {
  const { url, fields } = await createPresignedPost(clientFor(shopId, key), {
    Bucket,
    Key: key,
    Fields: { tagging },
    Conditions: [['content-length-range', 1, bytes]],
    Expires: uploadSeconds,
  });
  return { url, fields, expiresAt: new Date(Date.now() + uploadSeconds * 1000).toISOString() };
}

/** An object at one moment: `etag` names exactly this content, should the key get another. */
export interface ReadObject {
  content: AsyncIterable<Uint8Array>;
  bytes: number;
  etag: string;
}

/** The object's bytes as they come; undefined when there is none. */
export async function readObject(shopId: string, key: string): Promise<ReadObject | undefined> {
  try {
    const { Body, ContentLength, ETag } = await clientFor(shopId, key).send(
      new GetObjectCommand({ Bucket, Key: key }),
    );
    if (!Body || ContentLength === undefined || !ETag)
      throw new Error('The store answered without an object');
    return { content: Body as AsyncIterable<Uint8Array>, bytes: ContentLength, etag: ETag };
  } catch (error) {
    if (await isGone(shopId, key, error)) return undefined;
    throw error;
  }
}

/** All bytes of a small object. */
export async function readWhole(shopId: string, key: string): Promise<Buffer | undefined> {
  const object = await readObject(shopId, key);
  if (!object) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of object.content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Copies a checked upload, as it was when it was read, to the key of its content. What is there already has the same content
 * and stays. The upload's tag stays behind, so that the copy does not expire.
 * @returns false when the upload was replaced or removed since: nothing is stored
 */
export async function copyObject(shopId: string, from: string, etag: string, to: string): Promise<boolean> {
  try {
    await clientFor(shopId, from, to).send(
      new CopyObjectCommand({
        Bucket,
        Key: to,
        CopySource: `${Bucket}/${from}`,
        CopySourceIfMatch: etag,
        IfNoneMatch: '*',
        TaggingDirective: 'REPLACE',
      }),
    );
    return true;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name !== 'PreconditionFailed' && !(await isGone(shopId, from, error))) throw error;
    // Either condition may have failed: the one that matters is whether the content is in its place.
    return exists(shopId, to);
  }
}

/**
 * Whether the error says that there is no such object. To those who may not list the whole bucket S3 answers "denied" for what
 * is gone as well, so we look.
 */
async function isGone(shopId: string, key: string, error: unknown): Promise<boolean> {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NoSuchKey') return true;
  return name === 'AccessDenied' && !(await exists(shopId, key));
}

async function exists(shopId: string, key: string): Promise<boolean> {
  // Of all keys that begin with this one it is the first.
  const { Contents } = await clientFor(shopId, key).send(
    new ListObjectsV2Command({ Bucket, Prefix: key, MaxKeys: 1 }),
  );
  return Contents?.[0]?.Key === key;
}

/** Writes what was made from a file. Repeating it changes nothing. */
export async function writeObject(
  shopId: string,
  key: string,
  content: Uint8Array,
  contentType: string,
): Promise<void> {
  await clientFor(shopId, key).send(
    new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ContentType: contentType,
      // Named by its content's hash: it never changes.
      CacheControl: 'private, max-age=31536000, immutable',
    }),
  );
}

/** Stores a printed document; browsers show it and save it as `fileName` (letters, digits and dashes with an ending). */
export async function writePdf(
  shopId: string,
  key: string,
  content: Uint8Array,
  fileName: string,
): Promise<void> {
  await clientFor(shopId, key).send(
    new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ContentType: 'application/pdf',
      ContentDisposition: `inline; filename="${fileName}"`,
      CacheControl: 'private, no-cache',
    }),
  );
}

export async function discard(shopId: string, key: string): Promise<void> {
  await clientFor(shopId, key).send(new DeleteObjectCommand({ Bucket, Key: key }));
}

/** A link the object can be fetched by for a while; with a name it is saved under it instead of shown. */
export const downloadUrl = (shopId: string, key: string, name?: string): Promise<string> =>
  getSignedUrl(
    clientFor(shopId, key),
    new GetObjectCommand({
      Bucket,
      Key: key,
      ...(name !== undefined && {
        ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      }),
    }),
    { expiresIn: downloadSeconds },
  );

const mostSteady = 5000;
/** Links by key: each signature is half a millisecond, and a list has one per row. */
let steady = { since: 0, urls: new Map<string, string>() };

/** A link that stays the same for ten minutes (less, where credentials are renewed), so that a list that is loaded again does not load its pictures again. */
export async function steadyUrl(shopId: string, key: string): Promise<string> {
  const client = clientFor(shopId, key);
  const since = Math.floor(Date.now() / steadyMs) * steadyMs;
  if (since !== steady.since || steady.urls.size >= mostSteady) steady = { since, urls: new Map() };
  const { urls } = steady;
  const known = urls.get(key);
  if (known !== undefined) return known;
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), {
    expiresIn: downloadSeconds,
    signingDate: new Date(since),
  });
  urls.set(key, url);
  return url;
}

/** When a link that is made now ends. */
export const downloadUrlEnds = (): string => new Date(Date.now() + downloadSeconds * 1000).toISOString();

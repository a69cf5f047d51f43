/** The signed operations of S3. */
import { sha256Hex } from '../wire/sigv4.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import { S3Error, noSuchKey } from './error.ts';
import { keptHeaders } from './kept-headers.ts';
import type { ObjectMeta } from './objects.ts';
import { claimedChecksums, receive } from './receive.ts';
import { bodyOf, checkKey, type S3Context, type S3Response, type SignedS3Request } from './request.ts';
import { demand } from './rights.ts';
import { parseDelete, xmlDocument } from './xml.ts';

const LARGEST_OBJECT = 5 * 1024 ** 3;
const LARGEST_DELETE = 2 * 1024 * 1024;
/** Headers a reader may set by `response-<name>` in the query. */
const OVERRIDABLE = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];
const XML = { 'content-type': 'application/xml' };

const quoted = (etag: string) => `"${etag}"`;
const matches = (header: string, meta: ObjectMeta) =>
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === quoted(meta.etag));
const preconditionFailed = (condition: string) =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });

function checkWriteConditions({ headers, bucket, key }: SignedS3Request): void {
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*')
    throw new S3Error(501, 'NotImplemented', 'If-None-Match of a write only takes "*".');
  const existing = bucket.get(key);
  if (ifNoneMatch === '*' && existing) throw preconditionFailed('If-None-Match');
  const ifMatch = headers.get('if-match');
  if (ifMatch === undefined) return;
  if (!existing) throw noSuchKey(key);
  if (!matches(ifMatch, existing)) throw preconditionFailed('If-Match');
}

/** The conditions of a copy on its source. Times are not served. */
function checkSourceConditions(headers: SignedS3Request['headers'], source: ObjectMeta): void {
  for (const name of ['x-amz-copy-source-if-modified-since', 'x-amz-copy-source-if-unmodified-since'])
    if (headers.has(name)) throw new S3Error(501, 'NotImplemented', `${name} is not served here.`);
  const ifMatch = headers.get('x-amz-copy-source-if-match');
  if (ifMatch !== undefined && !matches(ifMatch, source))
    throw preconditionFailed('x-amz-copy-source-If-Match');
  const ifNoneMatch = headers.get('x-amz-copy-source-if-none-match');
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, source))
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

const createdBy = (request: SignedS3Request, meta: ObjectMeta) => ({
  bucket: request.bucketName,
  key: meta.key,
  size: meta.size,
  etag: meta.etag,
  accessKeyId: request.verified.accessKeyId,
  requestId: request.requestId,
});

export async function putObject(request: SignedS3Request, context: S3Context): Promise<S3Response> {
  const { bucket, headers, incoming, payloadHash } = request;
  const key = checkKey(request.key);
  if (headers.has('x-amz-tagging') || headers.has('x-amz-acl'))
    throw new S3Error(501, 'NotImplemented', 'Tags and ACLs are not served here.');
  if (!headers.has('content-length') && !headers.has('x-amz-decoded-content-length'))
    throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  checkWriteConditions(request);
  const claimed = claimedChecksums(headers);
  const framed = payloadHash.startsWith('STREAMING-');
  const source = bodyOf(incoming);
  const content = framed
    ? decodeAwsChunked(source, {
        kind: payloadHash,
        verified: request.verified,
        onTrailers: (trailers) => {
          for (const [name, value] of claimedChecksums(trailers)) claimed.set(name, value);
        },
      })
    : source;
  const received = await receive(bucket, content, LARGEST_OBJECT);
  let meta: ObjectMeta;
  try {
    const announced = headers.get('x-amz-decoded-content-length');
    if (framed && announced !== undefined && Number(announced) !== received.size)
      throw new S3Error(
        400,
        'IncompleteBody',
        'The body has not the length x-amz-decoded-content-length says.',
      );
    if (!framed && payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== received.sha256Hex)
      throw new S3Error(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    const checksums = received.verify(claimed);
    // Again, because another upload may have won meanwhile.
    checkWriteConditions(request);
    meta = bucket.commit(key, received, { ...keptHeaders(headers), ...checksums });
  } catch (error) {
    bucket.discard(received.file);
    throw error;
  }
  await context.onObjectCreated({ ...createdBy(request, meta), eventName: 'ObjectCreated:Put' });
  const answered = Object.entries(meta.headers).filter(
    ([name]) => name.startsWith('x-amz-checksum-') || name === 'x-amz-server-side-encryption',
  );
  return { status: 200, headers: { etag: quoted(meta.etag), ...Object.fromEntries(answered) } };
}

export async function copyObject(request: SignedS3Request, context: S3Context): Promise<S3Response> {
  const { bucket, bucketName, headers } = request;
  if (headers.has('x-amz-tagging'))
    throw new S3Error(501, 'NotImplemented', 'New tags of a copy are not served here.');
  const key = checkKey(request.key);
  const [sourceBucketName = '', ...rest] = decodeSource(headers.get('x-amz-copy-source') ?? '').split('/');
  const sourceKey = rest.join('/');
  demand(request, 's3:GetObject', `${sourceBucketName}/${sourceKey}`);
  const sourceBucket = context.buckets.get(sourceBucketName);
  if (!sourceBucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const source = sourceBucket.get(sourceKey);
  if (!source) throw noSuchKey(sourceKey);
  checkSourceConditions(headers, source);
  const replace = headers.get('x-amz-metadata-directive') === 'REPLACE';
  if (!replace && sourceBucketName === bucketName && sourceKey === key)
    throw new S3Error(
      400,
      'InvalidRequest',
      'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
    );
  checkWriteConditions(request);
  const handle = await sourceBucket.read(source);
  const content = await receive(bucket, handle.createReadStream() as AsyncIterable<Buffer>, LARGEST_OBJECT);
  const checksums = Object.entries(source.headers).filter(([name]) => name.startsWith('x-amz-checksum-'));
  const kept = replace ? { ...keptHeaders(headers), ...Object.fromEntries(checksums) } : source.headers;
  try {
    // Again, because another writer may have won meanwhile.
    checkWriteConditions(request);
  } catch (error) {
    bucket.discard(content.file);
    throw error;
  }
  // As on S3, a copy has its source's tags unless told otherwise.
  const tags = headers.get('x-amz-tagging-directive') === 'REPLACE' ? {} : source.tags;
  const meta = bucket.commit(key, content, kept, tags);
  await context.onObjectCreated({ ...createdBy(request, meta), eventName: 'ObjectCreated:Copy' });
  return {
    status: 200,
    headers: XML,
    body: xmlDocument('CopyObjectResult', { LastModified: meta.lastModified, ETag: quoted(meta.etag) }),
  };
}

function decodeSource(source: string): string {
  try {
    return decodeURIComponent(source.replace(/^\//, '').split('?', 1)[0] ?? '');
  } catch {
    throw new S3Error(400, 'InvalidArgument', 'x-amz-copy-source is malformed.');
  }
}

/** GetObject and HeadObject. */
export async function readObject(request: SignedS3Request): Promise<S3Response> {
  const { bucket, key, query } = request;
  const meta = bucket.get(key);
  if (!meta) throw noSuchKey(key);
  const ifMatch = request.headers.get('if-match');
  if (ifMatch !== undefined && !matches(ifMatch, meta)) throw preconditionFailed('If-Match');
  const ifNoneMatch = request.headers.get('if-none-match');
  const lastModified = new Date(meta.lastModified).toUTCString();
  if (ifNoneMatch !== undefined && matches(ifNoneMatch, meta))
    return { status: 304, headers: { etag: quoted(meta.etag), 'last-modified': lastModified } };

  const range = parseRange(request.headers.get('range'), meta.size);
  const wantsChecksum = !range && request.headers.get('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  const overrides = OVERRIDABLE.flatMap((name): [string, string][] => {
    const value = query.get(`response-${name}`);
    return value === null ? [] : [[name, value]];
  });
  const start = range?.start ?? 0;
  const length = range?.length ?? meta.size;
  const headers: Record<string, string> = {
    ...Object.fromEntries(
      Object.entries(meta.headers).filter(([name]) => wantsChecksum || !name.startsWith('x-amz-checksum-')),
    ),
    ...Object.fromEntries(overrides),
    ...(Object.keys(meta.tags ?? {}).length > 0
      ? { 'x-amz-tagging-count': String(Object.keys(meta.tags ?? {}).length) }
      : {}),
    etag: quoted(meta.etag),
    'last-modified': lastModified,
    'accept-ranges': 'bytes',
    'content-length': String(length),
    ...(range ? { 'content-range': `bytes ${start}-${start + length - 1}/${meta.size}` } : {}),
  };
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return { status, headers };
  return { status, headers, body: { handle: await bucket.read(meta), start, length } };
}

function parseRange(header: string | undefined, size: number): { start: number; length: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const suffix = match[1] === '';
  const start = suffix ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = suffix || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (!suffix && match[2] !== '' && Number(match[2]) < start) return undefined;
  if (start > end)
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: header ?? '',
      ActualObjectSize: size,
    });
  return { start, length: end - start + 1 };
}

export function deleteObject({ bucket, key }: SignedS3Request): S3Response {
  bucket.delete(key);
  return { status: 204 };
}

export async function deleteObjects(request: SignedS3Request): Promise<S3Response> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request.incoming)) {
    size += chunk.length;
    if (size > LARGEST_DELETE) throw new S3Error(400, 'MalformedXML', 'The request is too long.');
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (sha256Hex(body) !== request.payloadHash)
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', 'The body does not match x-amz-content-sha256.');
  const order = parseDelete(body.toString('utf8'));
  if (!order || order.keys.length < 1 || order.keys.length > 1000)
    throw new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate.');
  for (const key of order.keys) demand(request, 's3:DeleteObject', `${request.bucketName}/${key}`);
  for (const key of order.keys) request.bucket.delete(key);
  const deleted = order.quiet ? [] : order.keys.map((key) => ({ Key: key }));
  return { status: 200, headers: XML, body: xmlDocument('DeleteResult', { Deleted: deleted }) };
}

export function listObjects({ bucket, bucketName, query }: SignedS3Request): S3Response {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const asked = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(asked) || asked < 0)
    throw new S3Error(400, 'InvalidArgument', 'max-keys must be a whole number.');
  const limit = Math.min(asked, 1000);
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const page =
    limit === 0 ? { objects: [], commonPrefixes: [] } : bucket.list({ prefix, delimiter, after, limit });
  const shown = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
  const next = 'next' in page ? page.next : undefined;
  return {
    status: 200,
    headers: XML,
    body: xmlDocument('ListBucketResult', {
      Name: bucketName,
      Prefix: shown(prefix),
      Delimiter: delimiter ? shown(delimiter) : undefined,
      StartAfter: startAfter === null ? undefined : shown(startAfter),
      MaxKeys: limit,
      EncodingType: query.get('encoding-type') ?? undefined,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      IsTruncated: next !== undefined,
      ContinuationToken: token ?? undefined,
      NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64url'),
      Contents: page.objects.map((meta) => ({
        Key: shown(meta.key),
        LastModified: meta.lastModified,
        ETag: quoted(meta.etag),
        Size: meta.size,
        StorageClass: 'STANDARD',
      })),
      CommonPrefixes: page.commonPrefixes.map((entry) => ({ Prefix: shown(entry) })),
    }),
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BUCKET, startFixture, xmlError } from './s3-fixture.ts';

let fixture: Awaited<ReturnType<typeof startFixture>>;
beforeAll(async () => void (fixture = await startFixture()));
afterAll(() => fixture.server.close());

const put = (Key: string, Body: string | Buffer = 'x') =>
  fixture.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
const get = async (Key: string, Range?: string) => {
  const answer = await fixture.s3.send(
    new GetObjectCommand({ Bucket: BUCKET, Key, ...(Range && { Range }) }),
  );
  return { ...answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
};

test('bytes, type, metadata and checksum come back as they were put', async () => {
  const key = `t/shop a/ü+${randomUUID()}(1)'.bin`;
  const body = randomBytes(300_000);
  const { ETag, ChecksumCRC32 } = await fixture.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: key,
      Body: body,
      ContentType: 'model/stl',
      Metadata: { sha: 'abc' },
    }),
  );
  const got = await get(key);
  expect(got.bytes.equals(body)).toBe(true);
  expect(got).toMatchObject({
    ETag,
    ContentType: 'model/stl',
    ContentLength: 300_000,
    Metadata: { sha: 'abc' },
  });
  expect(ChecksumCRC32).toBeTruthy();
  const full = await fixture.s3.send(
    new GetObjectCommand({ Bucket: BUCKET, Key: key, ChecksumMode: 'ENABLED' }),
  );
  expect(full.ChecksumCRC32).toBe(ChecksumCRC32);
});

test('a streamed body is stored without its aws-chunked framing', async () => {
  const key = randomUUID();
  const body = randomBytes(500_000);
  await fixture.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: key,
      Body: Readable.from([body.subarray(0, 100_001), body.subarray(100_001)]),
      ContentLength: body.length,
    }),
  );
  const got = await get(key);
  expect(got.bytes.equals(body)).toBe(true);
  expect(got.ContentEncoding).toBeUndefined();
});

test('an empty object can be put and read', async () => {
  const key = randomUUID();
  await put(key, '');
  expect((await get(key)).bytes.length).toBe(0);
});

test('ranges give their part, and an impossible one is refused', async () => {
  const key = randomUUID();
  await put(key, '0123456789');
  expect((await get(key, 'bytes=2-4')).bytes.toString()).toBe('234');
  expect((await get(key, 'bytes=7-')).ContentRange).toBe('bytes 7-9/10');
  expect((await get(key, 'bytes=-3')).bytes.toString()).toBe('789');
  await expect(get(key, 'bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('a missing object is NoSuchKey, a missing bucket NoSuchBucket', async () => {
  await expect(get(randomUUID())).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(
    fixture.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: randomUUID() })),
  ).rejects.toMatchObject({ name: 'NotFound' });
  await expect(fixture.s3.send(new ListObjectsV2Command({ Bucket: 'kerf-none' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  await fixture.s3.send(new HeadBucketCommand({ Bucket: BUCKET }));
});

test('If-None-Match: * keeps the first object, also when two uploads race', async () => {
  const key = randomUUID();
  const once = (Body: string) =>
    fixture.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body, IfNoneMatch: '*' }));
  const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(once));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  await expect(once('e')).rejects.toMatchObject({
    name: 'PreconditionFailed',
    $metadata: { httpStatusCode: 412 },
  });
});

test('a copy has content, type and metadata of its source, or new ones on REPLACE', async () => {
  const key = `a b/${randomUUID()}`;
  await fixture.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: key,
      Body: 'copied',
      ContentType: 'text/csv',
      Metadata: { a: '1' },
    }),
  );
  const copy = (to: object) =>
    fixture.s3.send(
      new CopyObjectCommand({
        Bucket: BUCKET,
        Key: `${key}-2`,
        CopySource: `${BUCKET}/${encodeURI(key)}`,
        ...to,
      }),
    );
  expect((await copy({})).CopyObjectResult?.ETag).toBeTruthy();
  expect(await get(`${key}-2`)).toMatchObject({ ContentType: 'text/csv', Metadata: { a: '1' } });
  await copy({ MetadataDirective: 'REPLACE', ContentType: 'text/plain' });
  const replaced = await get(`${key}-2`);
  expect(replaced).toMatchObject({ ContentType: 'text/plain', Metadata: {} });
  expect(replaced.bytes.toString()).toBe('copied');
  await copy({ Bucket: 'kerf-other' });
  await expect(copy({ CopySource: `${BUCKET}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a copy is made of the content that was read, or not at all, and never over an object it may not replace', async () => {
  const [from, to] = ['t/a/upload', 't/a/copy'];
  const put = async (Body: string) =>
    (await fixture.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: from, Body }))).ETag ?? '';
  const copy = (conditions: object) =>
    fixture.s3.send(
      new CopyObjectCommand({ Bucket: BUCKET, Key: to, CopySource: `${BUCKET}/${from}`, ...conditions }),
    );
  const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
  const read = await put('first');
  const now = await put('second');
  await expect(copy({ CopySourceIfMatch: read })).rejects.toMatchObject(failed);
  await expect(copy({ CopySourceIfNoneMatch: now })).rejects.toMatchObject(failed);
  await expect(fixture.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: to }))).rejects.toMatchObject({
    name: 'NotFound',
  });
  await copy({ CopySourceIfMatch: now, IfNoneMatch: '*' });
  await put('third');
  await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject(failed);
  const { Body } = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: to }));
  expect(await Body?.transformToString()).toBe('second');
});

test('deleted objects are gone, one by one and many at once', async () => {
  const prefix = randomUUID();
  const keys = ['a&b', 'c<d>', 'e'].map((name) => `${prefix}/${name}`);
  for (const key of keys) await put(key);
  await fixture.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: keys[2]! }));
  const { Deleted } = await fixture.s3.send(
    new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
  );
  expect(Deleted?.map(({ Key }) => Key)).toEqual(keys);
  const { KeyCount } = await fixture.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  expect(KeyCount).toBe(0);
});

test('listing pages through every key once, in byte order, and folds prefixes', async () => {
  const prefix = `list-${randomUUID()}/`;
  const keys = ['a', 'b/1', 'b/2', 'c', 'd/1', 'é', 'z'].map((name) => prefix + name);
  for (const key of [...keys].reverse()) await put(key);
  const listed: string[] = [];
  const pages = paginateListObjectsV2(
    { client: fixture.s3, pageSize: 2 },
    { Bucket: BUCKET, Prefix: prefix },
  );
  for await (const page of pages) listed.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
  expect(listed).toEqual([...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));

  const folded: string[] = [];
  const foldedPages = paginateListObjectsV2(
    { client: fixture.s3, pageSize: 1 },
    { Bucket: BUCKET, Prefix: prefix, Delimiter: '/' },
  );
  for await (const page of foldedPages) {
    folded.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    folded.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
  }
  expect(folded).toEqual(['a', 'b/', 'c', 'd/', 'z', 'é'].map((name) => prefix + name));
});

test('a presigned URL reads and writes until it expires, and only what it was signed for', async () => {
  const key = randomUUID();
  // Otherwise the SDK signs the checksum of an empty body into the URL.
  const signer = fixture.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const url = await getSignedUrl(signer, new PutObjectCommand({ Bucket: BUCKET, Key: key }), {
    expiresIn: 60,
  });
  expect((await fetch(url, { method: 'PUT', body: 'by url' })).status).toBe(200);
  const read = await getSignedUrl(
    fixture.s3,
    new GetObjectCommand({
      Bucket: BUCKET,
      Key: key,
      ResponseContentDisposition: 'attachment; filename="a.stl"',
    }),
    { expiresIn: 60 },
  );
  const answer = await fetch(read, { headers: { origin: 'http://localhost:3000' } });
  expect(await answer.text()).toBe('by url');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a.stl"');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');

  const tampered = await xmlError(await fetch(read.replace(key, `${key}x`)));
  expect(tampered).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  const wrongMethod = await xmlError(await fetch(read, { method: 'PUT', body: 'x' }));
  expect(wrongMethod).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  const old = await getSignedUrl(fixture.s3, new GetObjectCommand({ Bucket: BUCKET, Key: key }), {
    expiresIn: 60,
    signingDate: new Date(Date.now() - 120_000),
  });
  expect(await xmlError(await fetch(old))).toMatchObject({
    status: 403,
    code: 'AccessDenied',
    message: 'Request has expired',
  });
});

test('a bad secret, an unknown key, no signature and a foreign clock are refused', async () => {
  const list = (config: object) => fixture.client(config).send(new ListObjectsV2Command({ Bucket: BUCKET }));
  await expect(
    list({ credentials: { accessKeyId: 'local', secretAccessKey: 'wrong' } }),
  ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  await expect(
    list({ credentials: { accessKeyId: 'nobody', secretAccessKey: 'secret' } }),
  ).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  await expect(list({ systemClockOffset: -3_600_000 })).rejects.toMatchObject({
    name: 'RequestTimeTooSkewed',
  });
  const unsigned = await xmlError(await fetch(`${fixture.server.url}/${BUCKET}?list-type=2`));
  expect(unsigned).toMatchObject({ status: 403, code: 'AccessDenied' });
});

test('a body that does not match its signed hash or checksum is refused and not stored', async () => {
  const key = randomUUID();
  const bad = fixture.s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: key,
      Body: 'content',
      ChecksumSHA256: Buffer.alloc(32).toString('base64'),
    }),
  );
  await expect(bad).rejects.toMatchObject({ name: 'BadDigest' });
  await expect(get(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('an upload cut off in the middle leaves nothing', async () => {
  const key = randomUUID();
  const signer = fixture.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const url = await getSignedUrl(signer, new PutObjectCommand({ Bucket: BUCKET, Key: key }), {
    expiresIn: 60,
  });
  const content = join(fixture.dataDir, BUCKET, 'content');
  const before = readdirSync(content).length;
  const upload = request(url, { method: 'PUT', headers: { 'content-length': '1000' } });
  upload.on('error', () => undefined);
  upload.write('the first bytes');
  await vi.waitUntil(() => readdirSync(content).length === before + 1);
  upload.destroy();
  await vi.waitUntil(() => readdirSync(content).length === before);
  await expect(get(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('the hook hears of an object before its writer has the answer', async () => {
  const key = randomUUID();
  await put(key, 'heard');
  expect(fixture.created.find((object) => object.key === key)).toMatchObject({
    bucket: BUCKET,
    size: 5,
    eventName: 'ObjectCreated:Put',
  });
});

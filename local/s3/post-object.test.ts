import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BUCKET, credentials, startFixture, xmlError } from './s3-fixture.ts';

let fixture: Awaited<ReturnType<typeof startFixture>>;
beforeAll(async () => void (fixture = await startFixture()));
afterAll(() => fixture.server.close());

const filesOnDisk = () => readdirSync(join(fixture.dataDir, BUCKET, 'content')).length;

async function presigned(options: Partial<PresignedPostOptions> = {}) {
  const Key = options.Key ?? `quarantine/${randomUUID()}/part.stl`;
  const post = await createPresignedPost(fixture.s3, {
    Bucket: BUCKET,
    Key,
    Conditions: [
      ['content-length-range', 10, 100_000],
      ['starts-with', '$Content-Type', 'model/'],
    ],
    Fields: { 'Content-Type': 'model/stl' },
    Expires: 60,
    ...options,
  });
  return { ...post, key: Key };
}

function send(url: string, fields: Record<string, string>, content: Uint8Array, filename = 'part.stl') {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([content]), filename);
  return fetch(url, { method: 'POST', body: form, headers: { origin: 'http://localhost:3000' } });
}

/** Sends and expects a refusal that leaves no file behind. */
async function refusal(url: string, fields: Record<string, string>, content: Uint8Array = randomBytes(50)) {
  const before = filesOnDisk();
  const answer = await xmlError(await send(url, fields, content));
  expect(filesOnDisk()).toBe(before);
  return answer;
}

test('a form within its policy is stored byte for byte and heard of', async () => {
  const { url, fields, key } = await presigned();
  // Boundary look-alikes must not end the file.
  const content = Buffer.concat([
    randomBytes(40_000),
    Buffer.from('\r\n--\r\n------formdata'),
    randomBytes(40_000),
  ]);
  const answer = await send(url, fields, content);
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  const got = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true);
  expect(got.ContentType).toBe('model/stl');
  expect(fixture.created.at(-1)).toMatchObject({
    key,
    size: content.length,
    eventName: 'ObjectCreated:Post',
  });
});

test('success_action_status 201 answers with the place of the object', async () => {
  const { url, fields, key } = await presigned({
    Fields: { 'Content-Type': 'model/stl', success_action_status: '201' },
  });
  const answer = await send(url, fields, randomBytes(20));
  expect(answer.status).toBe(201);
  expect(await answer.text()).toContain(`<Key>${key}</Key>`);
});

test('${filename} in the key becomes the name of the file', async () => {
  const folder = randomUUID();
  const { url, fields } = await presigned({ Key: `${folder}/\${filename}` });
  expect((await send(url, fields, randomBytes(20), 'Gehäuse.stl')).status).toBe(204);
  await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${folder}/Gehäuse.stl` }));
});

test('a file over the limit is EntityTooLarge, also when it is much larger', async () => {
  const { url, fields } = await presigned();
  for (const size of [100_001, 20_000_000])
    expect(await refusal(url, fields, new Uint8Array(size))).toMatchObject({
      status: 400,
      code: 'EntityTooLarge',
    });
});

test('a file under the limit is EntityTooSmall', async () => {
  const { url, fields } = await presigned();
  expect(await refusal(url, fields, new Uint8Array(9))).toMatchObject({
    status: 400,
    code: 'EntityTooSmall',
  });
});

test('another key than the signed one fails its condition', async () => {
  const { url, fields } = await presigned();
  const answer = await refusal(url, { ...fields, key: 't/other-shop/x' });
  expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  expect(answer.message).toContain('Policy Condition failed: ["eq", "$key"');
});

test('another content type than the policy allows fails its condition', async () => {
  const { url, fields } = await presigned();
  const answer = await refusal(url, { ...fields, 'Content-Type': 'text/html' });
  expect(answer.message).toContain('Policy Condition failed: ["starts-with", "$Content-Type"');
});

test('a field the policy does not know is refused', async () => {
  const { url, fields } = await presigned();
  const answer = await refusal(url, { 'x-amz-meta-admin': 'yes', ...fields });
  expect(answer.message).toContain('Extra input fields: x-amz-meta-admin');
});

test('an expired policy is refused', async () => {
  const { url, fields } = await presigned({ Expires: -5 });
  expect((await refusal(url, fields)).message).toBe('Invalid according to Policy: Policy expired.');
});

test('a tampered policy, a wrong secret and an unknown key are refused', async () => {
  const { url, fields } = await presigned();
  const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString()) as {
    conditions: unknown[];
  };
  policy.conditions = policy.conditions.filter((condition) => !JSON.stringify(condition).includes('range'));
  const widened = Buffer.from(JSON.stringify(policy)).toString('base64');
  expect((await refusal(url, { ...fields, Policy: widened })).code).toBe('SignatureDoesNotMatch');

  for (const [changed, code] of [
    [{ secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    [{ accessKeyId: 'nobody' }, 'InvalidAccessKeyId'],
  ] as const) {
    const client = fixture.client({ credentials: { ...credentials, ...changed } });
    const post = await createPresignedPost(client, { Bucket: BUCKET, Key: randomUUID() });
    expect(await refusal(post.url, post.fields)).toMatchObject({ status: 403, code });
  }
});

test('a form without policy or without file is refused', async () => {
  const { url, fields } = await presigned();
  expect((await refusal(url, { key: 'anything' })).code).toBe('AccessDenied');
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  expect((await xmlError(await fetch(url, { method: 'POST', body: form }))).code).toBe('InvalidArgument');
});

test('a policy of another bucket is refused', async () => {
  const { url, fields } = await presigned();
  const answer = await refusal(url.replace(BUCKET, 'kerf-other'), fields);
  expect(answer.message).toContain('Policy Condition failed: ["eq", "$bucket"');
});

test('a preflight from any origin allows the upload', async () => {
  const answer = await fetch(`${fixture.server.url}/${BUCKET}`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:3000',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-headers')).toBe('content-type');
});

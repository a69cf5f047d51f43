import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { BUCKET, credentials } from './s3-fixture.ts';
import { startS3Server } from './server.ts';

test('acknowledged objects survive kill -9 amid uploads, and no half of one is left', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 's3-crash-'));
  const child = fork(join(import.meta.dirname, 'crash.ts'), [dataDir, BUCKET], { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  const clientOf = (endpoint: string) =>
    new S3Client({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const s3 = clientOf(url);
  const body = randomBytes(200_000);
  const acknowledged = new Set<string>();
  const uploads = Array.from({ length: 40 }, async (_, n) => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: `k${n}`, Body: body }));
    acknowledged.add(`k${n}`);
    if (acknowledged.size === 10) child.kill('SIGKILL');
  });
  await Promise.allSettled(uploads);
  expect(acknowledged.size).toBeGreaterThanOrEqual(10);

  const again = await startS3Server({
    port: 0,
    dataDir,
    buckets: [BUCKET],
    secretOf: () => credentials.secretAccessKey,
  });
  const restarted = clientOf(again.url);
  for (const Key of acknowledged) {
    const got = await restarted.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  }
  const count = (folder: string) => readdirSync(join(dataDir, BUCKET, folder)).length;
  expect(count('content')).toBe(count('objects'));
  await again.close();
});

/** A running S3 and its clients, for the tests beside. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { ObjectCreated } from './event.ts';
import { startS3Server } from './server.ts';

export const BUCKET = 'kerf-files';
export const credentials = { accessKeyId: 'local', secretAccessKey: 'secret' };

export async function startFixture() {
  const dataDir = mkdtempSync(join(tmpdir(), 's3-'));
  const created: ObjectCreated[] = [];
  const server = await startS3Server({
    port: 0,
    dataDir,
    buckets: [BUCKET, 'kerf-other'],
    secretOf: (id) => (id === credentials.accessKeyId ? credentials.secretAccessKey : undefined),
    onObjectCreated: (object) => void created.push(object),
  });
  const client = (config: S3ClientConfig = {}) =>
    new S3Client({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1, ...config });
  return { dataDir, created, server, client, s3: client() };
}

/** Code and message of an XML error answer. */
export async function xmlError(response: Response) {
  const xml = await response.text();
  const part = (name: string) =>
    new RegExp(`<${name}>(.*?)</${name}>`).exec(xml)?.[1]?.replaceAll('&#34;', '"');
  return { status: response.status, code: part('Code'), message: part('Message'), xml };
}

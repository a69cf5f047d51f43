import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Puts the built pages into the site's bucket, documents last, so that none names a file that is not there yet. */
export async function uploadPages(s3: S3Client, bucket: string, folder: string): Promise<number> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => Number(a.endsWith('.html')) - Number(b.endsWith('.html')));
  for (const file of files)
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: relative(folder, file).replaceAll('\\', '/'),
        Body: readFileSync(file),
        ContentType: types[extname(file)] ?? 'application/octet-stream',
        CacheControl: file.endsWith('.html') ? 'no-cache' : 'max-age=31536000, immutable',
      }),
    );
  return files.length;
}

/** Streams a body into a content file while counting and hashing it. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './error.ts';
import type { BucketObjects, PendingContent } from './objects.ts';

/** Checksums in base64 by header name; each is compared with what was received. */
export type Checksums = ReadonlyMap<string, string>;

export interface Received extends PendingContent {
  sha256Hex: string;
  /** Throws BadDigest when a checksum or Content-MD5 differs; gives the header to keep with the object. */
  verify(claimed: Checksums): Record<string, string>;
}

const SERVED = ['x-amz-checksum-crc32', 'x-amz-checksum-sha1', 'x-amz-checksum-sha256'];

/** The checksum headers of a request, refusing algorithms that are not served. */
export function claimedChecksums(entries: Iterable<[string, string]>): Map<string, string> {
  const claimed = new Map<string, string>();
  for (const [name, value] of entries) {
    const checksum =
      name.startsWith('x-amz-checksum-') && !['x-amz-checksum-mode', 'x-amz-checksum-type'].includes(name);
    if (checksum && !SERVED.includes(name))
      throw new S3Error(501, 'NotImplemented', `${name} is not served here; use CRC32, SHA1 or SHA256.`);
    if (checksum || name === 'content-md5') claimed.set(name, value);
  }
  return claimed;
}

/**
 * Writes `source` into a new content file. Above `limit` bytes it stops with EntityTooLarge. Whatever is thrown,
 * the file is gone; on success the caller commits or discards it.
 */
export async function receive(
  bucket: BucketObjects,
  source: AsyncIterable<Buffer>,
  limit: number,
): Promise<Received> {
  const { file, handle } = await bucket.create();
  try {
    const hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') };
    let crc = 0;
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limit)
        throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
          ProposedSize: size,
          MaxSizeAllowed: limit,
        });
      for (const hash of Object.values<Hash>(hashes)) hash.update(chunk);
      crc = crc32(chunk, crc);
      await handle.write(chunk);
    }
    await handle.close();
    const md5 = hashes.md5.digest();
    const sha256 = hashes.sha256.digest();
    const crcBytes = Buffer.alloc(4);
    crcBytes.writeUInt32BE(crc);
    const actual: Record<string, string> = {
      'content-md5': md5.toString('base64'),
      'x-amz-checksum-crc32': crcBytes.toString('base64'),
      'x-amz-checksum-sha1': hashes.sha1.digest('base64'),
      'x-amz-checksum-sha256': sha256.toString('base64'),
    };
    return {
      file,
      size,
      etag: md5.toString('hex'),
      sha256Hex: sha256.toString('hex'),
      verify(claimed) {
        for (const [name, value] of claimed)
          if (actual[name] !== value)
            throw new S3Error(400, 'BadDigest', `The ${name} you specified did not match what was received.`);
        return Object.fromEntries([...claimed].filter(([name]) => name !== 'content-md5'));
      },
    };
  } catch (error) {
    await handle.close();
    bucket.discard(file);
    throw error;
  }
}

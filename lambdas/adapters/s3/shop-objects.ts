import type { Readable } from 'node:stream';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketName as Bucket, clientFor } from './files.ts';

export interface StoredObject {
  key: string;
  bytes: number;
}

/** At most 1000 objects of the shop whose keys come after `after` (a whole key), in the order of their keys. */
export async function objectsAfter(shopId: string, after: string | undefined): Promise<StoredObject[]> {
  const Prefix = `t/${shopId}/`;
  const { Contents = [] } = await clientFor(shopId, Prefix).send(
    new ListObjectsV2Command({ Bucket, Prefix, ...(after === undefined ? {} : { StartAfter: after }) }),
  );
  return Contents.flatMap(({ Key, Size }) => (Key === undefined ? [] : [{ key: Key, bytes: Size ?? 0 }]));
}

/** The headers that an object is read with. */
export interface ObjectHeaders {
  contentType?: string;
  contentDisposition?: string;
  cacheControl?: string;
}

export async function headersOf(shopId: string, key: string): Promise<ObjectHeaders> {
  const { ContentType, ContentDisposition, CacheControl } = await clientFor(shopId, key).send(
    new HeadObjectCommand({ Bucket, Key: key }),
  );
  return {
    ...(ContentType === undefined ? {} : { contentType: ContentType }),
    ...(ContentDisposition === undefined ? {} : { contentDisposition: ContentDisposition }),
    ...(CacheControl === undefined ? {} : { cacheControl: CacheControl }),
  };
}

/** Writes an object of exactly `bytes` as its content comes. */
export async function writeStream(
  shopId: string,
  key: string,
  content: Readable,
  bytes: number,
  contentType: string,
): Promise<void> {
  await clientFor(shopId, key).send(
    new PutObjectCommand({
      Bucket,
      Key: key,
      Body: content,
      ContentLength: bytes,
      ContentType: contentType,
      CacheControl: 'private, no-cache',
    }),
  );
}

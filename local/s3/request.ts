/** What the operations of S3 get and give. */
import type { IncomingMessage } from 'node:http';
import type { FileHandle } from 'node:fs/promises';
import type { Principal, Principals } from '../iam/principals.ts';
import type { SecretOf, VerifiedSignature } from '../wire/sigv4.ts';
import type { ObjectCreated } from './event.ts';
import { S3Error } from './error.ts';
import type { BucketObjects } from './objects.ts';

export interface S3Context {
  buckets: ReadonlyMap<string, BucketObjects>;
  secretOf: SecretOf;
  principalOf: Principals['principalOf'];
  onObjectCreated: (created: ObjectCreated) => void | Promise<void>;
}

export interface S3Request {
  incoming: IncomingMessage;
  method: string;
  requestId: string;
  bucketName: string;
  bucket: BucketObjects;
  /** Decoded; empty for operations on the bucket. */
  key: string;
  query: URLSearchParams;
  /** All `x-amz-*` parameters of the query and all headers by lower-case name: S3 takes either. */
  headers: ReadonlyMap<string, string>;
}

export interface SignedS3Request extends S3Request {
  verified: VerifiedSignature;
  principal: Principal;
  /** Value of x-amz-content-sha256. */
  payloadHash: string;
}

export interface S3Response {
  status: number;
  headers?: Record<string, string>;
  body?: string | { handle: FileHandle; start: number; length: number };
}

/** The body as it comes; stopping early keeps the connection, so that a refusal can be answered. */
export const bodyOf = (request: IncomingMessage): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () => request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>,
});

export function checkKey(key: string): string {
  if (Buffer.byteLength(key) > 1024) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  if (key === '') throw new S3Error(400, 'InvalidArgument', 'An object needs a key.');
  return key;
}

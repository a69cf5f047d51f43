/** Which right each operation of S3 needs, and what is answered without it. */
import { S3Error } from './error.ts';
import type { S3Response, SignedS3Request } from './request.ts';

const denied = () => new S3Error(403, 'AccessDenied', 'Access Denied');
const arnOf = (place: string) => `arn:aws:s3:::${place}`;

/** @throws S3Error AccessDenied when the caller may not do this to `place`, a bucket or `bucket/key` */
export function demand(
  { principal }: Pick<SignedS3Request, 'principal'>,
  action: string,
  place: string,
  keys: Record<string, string> = {},
): void {
  if (!principal.may({ action, resource: arnOf(place), keys })) throw denied();
}

const actions: Record<string, string> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};

/** Demands the right on the object or on the bucket's list; a list of keys to delete is judged key by key when it is read. */
export function objectRights(request: SignedS3Request): void {
  const { method, key, bucketName, query } = request;
  if (key !== '') return demand(request, actions[method] ?? 's3:*', `${bucketName}/${key}`);
  if (method === 'POST' && query.has('delete')) return;
  const prefix = query.get('prefix');
  demand(request, 's3:ListBucket', bucketName, prefix === null ? {} : { 's3:prefix': prefix });
}

/** That an object is gone S3 tells only those who may list the bucket; to others it is denied. */
export async function mayTellGone(
  request: SignedS3Request,
  work: () => S3Response | Promise<S3Response>,
): Promise<S3Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NoSuchKey')
      demand(request, 's3:ListBucket', request.bucketName);
    throw error;
  }
}

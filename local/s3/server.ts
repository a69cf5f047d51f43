/** S3 on a port of its own: path style, signatures and policies verified, objects on disk. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { administrator, type Principals } from '../iam/principals.ts';
import { drain, listenLocally, type RunningServer } from '../wire/listen.ts';
import { SignatureError, verifySignature, type SecretOf } from '../wire/sigv4.ts';
import { S3Error, signatureRefusal } from './error.ts';
import type { ObjectCreated } from './event.ts';
import { bucketObjects } from './objects.ts';
import { mayTellGone, objectRights } from './rights.ts';
import { copyObject, deleteObject, deleteObjects, listObjects, putObject, readObject } from './operations.ts';
import { postObject } from './post-object.ts';
import type { S3Context, S3Request, S3Response, SignedS3Request } from './request.ts';
import { xmlDocument } from './xml.ts';

export interface S3ServerOptions {
  /** 0 takes a free one. */
  port: number;
  /** Each bucket gets a folder here. */
  dataDir: string;
  /** All buckets there are; they can not be created through the API. */
  buckets: readonly string[];
  secretOf: SecretOf;
  /** Whose keys they are; without it every key is one that may everything. */
  principalOf?: Principals['principalOf'];
  /** Called when an object is durable, before its answer; what it throws makes the answer a 500. */
  onObjectCreated?: (created: ObjectCreated) => void | Promise<void>;
}

/** S3 tolerates a quarter of an hour. */
const MAX_SKEW_MS = 15 * 60_000;

/** Starts the server on 127.0.0.1. */
export async function startS3Server(options: S3ServerOptions): Promise<RunningServer> {
  const context: S3Context = {
    buckets: new Map(options.buckets.map((name) => [name, bucketObjects(join(options.dataDir, name))])),
    secretOf: options.secretOf,
    principalOf: options.principalOf ?? (() => administrator),
    onObjectCreated: options.onObjectCreated ?? (() => undefined),
  };
  const server = createServer((request, response) => void answer(request, response, context));
  return listenLocally(server, options.port);
}

async function answer(request: IncomingMessage, response: ServerResponse, context: S3Context): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  let result: S3Response;
  try {
    result = request.method === 'OPTIONS' ? preflight(request) : await route(request, requestId, context);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    result = errorResponse(error, request, requestId);
  }
  await drain(request);
  response.writeHead(result.status, {
    ...(request.headers.origin === undefined ? {} : corsHeaders(request)),
    'x-amz-request-id': requestId,
    ...(request.complete ? {} : { connection: 'close' }),
    ...result.headers,
  });
  const { body } = result;
  if (typeof body !== 'object') {
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  const { handle, start, length } = body;
  try {
    if (length > 0)
      await pipeline(handle.createReadStream({ start, end: start + length - 1, autoClose: false }), response);
    else response.end();
  } catch {
    // The client went away; there is nobody to tell.
    response.destroy();
  } finally {
    await handle.close();
  }
}

async function route(incoming: IncomingMessage, requestId: string, context: S3Context): Promise<S3Response> {
  const request = readRequest(incoming, requestId, context);
  const { method, key, query } = request;
  const isForm = request.headers.get('content-type')?.startsWith('multipart/form-data') ?? false;
  if (method === 'POST' && key === '' && isForm) return postObject(request, context);

  const signed = authenticate(request, context);
  objectRights(signed);
  const parts = [
    'uploads',
    'uploadId',
    'partNumber',
    'tagging',
    'acl',
    'versionId',
    'versions',
    'attributes',
  ];
  const unserved = parts.find((name) => query.has(name));
  if (unserved === undefined) {
    if (key === '') {
      if (method === 'GET' && query.get('list-type') === '2') return listObjects(signed);
      if (method === 'POST' && query.has('delete')) return deleteObjects(signed);
      if (method === 'HEAD') return { status: 200 };
    } else {
      if (method === 'PUT' && request.headers.has('x-amz-copy-source'))
        return mayTellGone(signed, () => copyObject(signed, context));
      if (method === 'PUT') return putObject(signed, context);
      if (method === 'GET' || method === 'HEAD') return mayTellGone(signed, () => readObject(signed));
      if (method === 'DELETE') return deleteObject(signed);
    }
  }
  throw new S3Error(501, 'NotImplemented', `${method} of this resource is not served here.`);
}

function readRequest(incoming: IncomingMessage, requestId: string, context: S3Context): S3Request {
  const target = incoming.url ?? '/';
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
  const [, rawBucket = '', ...rest] = path.split('/');
  let key: string;
  try {
    key = decodeURIComponent(rest.join('/'));
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
  const bucket = context.buckets.get(rawBucket);
  if (!bucket)
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { BucketName: rawBucket });
  const headers = new Map<string, string>();
  for (const [name, value] of query)
    if (name.toLowerCase().startsWith('x-amz-')) headers.set(name.toLowerCase(), value);
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(',') : value);
  const method = incoming.method ?? 'GET';
  return { incoming, method, requestId, bucketName: rawBucket, bucket, key, query, headers };
}

function authenticate(request: S3Request, context: S3Context): SignedS3Request {
  const { incoming, method, headers, query } = request;
  const given = headers.get('x-amz-content-sha256');
  if (given === undefined && headers.has('authorization'))
    throw new S3Error(
      400,
      'MissingSecurityHeader',
      'Your request was missing the header x-amz-content-sha256.',
    );
  const payloadHash = given ?? 'UNSIGNED-PAYLOAD';
  try {
    const verified = verifySignature(
      { method, target: incoming.url ?? '/', headers: incoming.headers },
      context.secretOf,
      { payloadHash, pathEncoding: 'once', maxSkewMs: MAX_SKEW_MS },
    );
    if (verified.service !== 's3')
      throw new S3Error(
        400,
        'AuthorizationHeaderMalformed',
        `The service must be s3, not ${verified.service}.`,
      );
    const principal = context.principalOf(verified.accessKeyId, verified.sessionToken);
    return { ...request, verified, principal, payloadHash };
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    const refusal = signatureRefusal(error);
    if (error.fault === 'incomplete' && query.has('X-Amz-Algorithm'))
      throw new S3Error(400, 'AuthorizationQueryParametersError', error.message);
    throw refusal;
  }
}

function errorResponse(error: unknown, request: IncomingMessage, requestId: string): S3Response {
  let known: S3Error;
  if (error instanceof S3Error) known = error;
  else {
    console.error(`S3 request ${requestId} failed`, error);
    known = new S3Error(500, 'InternalError', 'We encountered an internal error; it is in the log.');
  }
  return {
    status: known.status,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument(
      'Error',
      {
        Code: known.code,
        Message: known.message,
        ...known.details,
        Resource: request.url?.split('?', 1)[0],
        RequestId: requestId,
      },
      false,
    ),
  };
}

const corsHeaders = (request: IncomingMessage): Record<string, string> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, POST, PUT',
  'access-control-expose-headers': 'ETag, Location, Content-Range, x-amz-request-id',
  'access-control-max-age': '3000',
  ...(request.headers['access-control-request-headers'] === undefined
    ? {}
    : { 'access-control-allow-headers': request.headers['access-control-request-headers'].toString() }),
});

/** What a bucket answers whose CORS rule allows GET, HEAD, POST and PUT from anywhere. */
function preflight(request: IncomingMessage): S3Response {
  const method = request.headers['access-control-request-method'];
  if (request.headers.origin === undefined || method === undefined)
    throw new S3Error(400, 'BadRequest', 'Insufficient information. Origin request header needed.');
  if (!['GET', 'HEAD', 'POST', 'PUT'].includes(method))
    throw new S3Error(403, 'AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  return { status: 200 };
}

/** One HTTP server for all AWS services but S3, chosen by the credential scope of the signature. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { administrator, type Principal, type Principals } from '../iam/principals.ts';
import { drain, listenLocally, type RunningServer } from './listen.ts';
import { WireError, type WireResponse, type WireService } from './service.ts';
import {
  SignatureError,
  claimedScope,
  sha256Hex,
  verifySignature,
  type SecretOf,
  type SignatureFault,
} from './sigv4.ts';

export interface AwsServerOptions {
  /** 0 takes a free one. */
  port: number;
  services: readonly WireService[];
  secretOf: SecretOf;
  /** Whose keys they are; without it every key is one that may everything. */
  principalOf?: Principals['principalOf'];
  /** Documents any caller may GET, such as a user pool's keys; undefined for every other path. */
  publicGet?: (path: string) => WireResponse | undefined;
  /** Largest body in bytes; the default holds a 10 MB mail in base64. */
  bodyLimit?: number;
}

const FAULT_CODES: Record<SignatureFault, string> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  mismatch: 'InvalidSignatureException',
  skewed: 'InvalidSignatureException',
  expired: 'RequestExpired',
  'unsigned-headers': 'InvalidSignatureException',
};

/** Answers AWS's own services allow any page to read; the signature is the guard. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-amzn-requestid,x-amzn-errortype,x-amzn-errormessage,date',
};

/**
 * Starts the server on 127.0.0.1. Every request is verified before its service sees it, except a service's
 * `unsigned` operations sent without a signature.
 */
export async function startAwsServer(options: AwsServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    void answer(request, response, options);
  });
  return listenLocally(server, options.port);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: AwsServerOptions,
): Promise<void> {
  const requestId = randomUUID();
  let result: WireResponse;
  try {
    result = request.method === 'OPTIONS' ? preflight(request) : await dispatch(request, requestId, options);
  } catch (error) {
    result = errorResponse(error, requestId);
  }
  await drain(request);
  const type = request.headers['content-type'];
  response.writeHead(result.status, {
    'content-type': type?.startsWith('application/x-amz-json-') ? type : 'application/json',
    'x-amzn-requestid': requestId,
    ...CORS,
    // The rest of a refused body is not read, so the connection cannot be used again.
    ...(request.complete ? {} : { connection: 'close' }),
    ...result.headers,
  });
  response.end(result.body);
}

const nobody: Principal = { arn: 'anonymous', may: () => false };

async function dispatch(
  request: IncomingMessage,
  requestId: string,
  options: AwsServerOptions,
): Promise<WireResponse> {
  const method = request.method ?? 'GET';
  const open = method === 'GET' ? options.publicGet?.((request.url ?? '/').split('?')[0] ?? '/') : undefined;
  if (open) return open;
  const body = await readBody(request, options.bodyLimit ?? 16 * 1024 * 1024);
  const target = request.url ?? '/';
  const { headers } = request;
  const [targetPrefix, operation = ''] = (headers['x-amz-target']?.toString() ?? '').split('.', 2);
  const byTarget = options.services.find(
    (service) => service.targetPrefix !== undefined && service.targetPrefix === targetPrefix,
  );
  const signed = { method, target, headers };
  const scope = claimedScope(signed);

  let service: WireService | undefined;
  let principal = nobody;
  if (!scope && !headers.authorization && byTarget?.unsigned?.has(operation)) {
    service = byTarget;
  } else {
    const verified = verifySignature(signed, options.secretOf, {
      payloadHash: sha256Hex(body),
      pathEncoding: 'twice',
    });
    principal = options.principalOf?.(verified.accessKeyId, verified.sessionToken) ?? administrator;
    service = options.services.find((candidate) => candidate.scope === scope?.service);
    if (!service)
      throw new WireError(404, 'UnknownOperationException', `No service signs as "${scope?.service ?? ''}".`);
    if (service.targetPrefix !== undefined && service !== byTarget)
      throw new WireError(
        400,
        'UnknownOperationException',
        `"${targetPrefix ?? ''}" is no target of ${service.scope}.`,
      );
  }
  const at = target.indexOf('?');
  return service.handle({
    method,
    path: at < 0 ? target : target.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers,
    body,
    operation,
    principal,
    requestId,
  });
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit)
      throw new WireError(413, 'RequestEntityTooLargeException', `The body is over ${limit} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function preflight(request: IncomingMessage): WireResponse {
  return {
    status: 200,
    headers: {
      'access-control-allow-methods': 'GET,POST,PUT,PATCH,DELETE',
      'access-control-allow-headers': request.headers['access-control-request-headers']?.toString() ?? '',
      'access-control-max-age': '3600',
    },
  };
}

function errorResponse(error: unknown, requestId: string): WireResponse {
  if (error instanceof WireError) return wireErrorResponse(error);
  if (error instanceof SignatureError) {
    const status = error.fault === 'incomplete' ? 400 : 403;
    return wireErrorResponse(new WireError(status, FAULT_CODES[error.fault], error.message));
  }
  console.error(`AWS request ${requestId} failed`, error);
  return wireErrorResponse(
    new WireError(500, 'InternalFailure', 'The service failed; its error is in the log.'),
  );
}

/** The error answer of the JSON protocols. */
export function wireErrorResponse(error: WireError): WireResponse {
  return {
    status: error.status,
    headers: { 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

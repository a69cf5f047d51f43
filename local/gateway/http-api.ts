/** API Gateway's HTTP API in front of the functions: route, authorize, invoke, answer. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Invoke } from '../engine/deliveries.ts';
import { type RequestFacts, authorizerEvent, integrationEvent, requestFacts, splitTarget } from './events.ts';
import { type ApiRoute, matchRoute } from './routes.ts';

export interface ApiOptions {
  routes: readonly ApiRoute[];
  /** Answers `{isAuthorized, context}`; asked on every request. */
  authorizerFunction: string;
  /** Header names the authorizer needs; without one of them the answer is 401 and nobody is asked. None by default. */
  identityHeaders?: readonly string[];
  invoke: Invoke;
  cors?: CorsOptions;
  /** 30 s on AWS. */
  integrationTimeoutMs?: number;
  /** Told what a function threw; the caller sees 500 only. */
  onError?: (functionName: string, error: unknown) => void;
}

export interface CorsOptions {
  /** Exact origins, or `*`. */
  origins: readonly string[];
  headers: readonly string[];
  methods: readonly string[];
  exposeHeaders?: readonly string[];
  maxAgeSeconds?: number;
}

interface Answer {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

const BODY_LIMIT = 10 * 1024 * 1024;
const ANSWER_LIMIT = 6 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 30_000;

/** Answers one request the way AWS would; never rejects. */
export async function handleApi(
  request: IncomingMessage,
  response: ServerResponse,
  options: ApiOptions,
): Promise<void> {
  const cors = corsHeaders(request, options.cors);
  let answer: Answer;
  try {
    answer = isPreflight(request, options) ? { status: 204 } : await serve(request, options);
  } catch (error) {
    options.onError?.('gateway', error);
    answer = message(500, 'Internal Server Error');
  }
  if (response.destroyed) return;
  // The rest of a body we refused is read and dropped, so that the client gets to our answer.
  request.resume();
  response.writeHead(answer.status, { ...answer.headers, ...cors });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

async function serve(request: IncomingMessage, options: ApiOptions): Promise<Answer> {
  const { rawPath } = splitTarget(request.url);
  const match = matchRoute(options.routes, request.method ?? 'GET', rawPath);
  if (match === undefined) return message(404, 'Not Found');
  const body = await readBody(request);
  if (body === undefined) return message(413, 'Request Entity Too Large');
  const facts = requestFacts(request, match);
  const answer = await authorizeAndInvoke(facts, body, match.route.functionName, options);
  return { ...answer, headers: { ...answer.headers, 'apigw-requestid': facts.requestContext.requestId } };
}

async function authorizeAndInvoke(
  facts: RequestFacts,
  body: Buffer,
  functionName: string,
  options: ApiOptions,
): Promise<Answer> {
  const identity = (options.identityHeaders ?? []).map((name) => facts.headers[name.toLowerCase()] ?? '');
  if (identity.includes('')) return message(401, 'Unauthorized');
  const timeoutMs = options.integrationTimeoutMs ?? INTEGRATION_TIMEOUT_MS;
  const call = async (name: string, event: unknown): Promise<{ result: unknown } | 'failed' | 'late'> => {
    try {
      const result = await within(timeoutMs, options.invoke(name, event));
      return result === LATE ? 'late' : { result };
    } catch (error) {
      options.onError?.(name, error);
      return 'failed';
    }
  };

  const verdict = await call(
    options.authorizerFunction,
    authorizerEvent(facts, identity.length > 0 ? identity : null),
  );
  if (typeof verdict === 'string' || !isVerdict(verdict.result)) return message(500, 'Internal Server Error');
  if (!verdict.result.isAuthorized) return message(403, 'Forbidden');

  const outcome = await call(functionName, integrationEvent(facts, body, verdict.result.context));
  if (outcome === 'late') return message(503, 'Service Unavailable');
  return outcome === 'failed' ? message(500, 'Internal Server Error') : toAnswer(outcome.result);
}

/** An object without a status code is itself the JSON body, as with payload format 2.0. */
function toAnswer(result: unknown): Answer {
  if (!isRecord(result) || result['statusCode'] === undefined) {
    return limited({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(result),
    });
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return message(500, 'Internal Server Error');
  if (body !== undefined && body !== null && typeof body !== 'string')
    return message(500, 'Internal Server Error');
  const out: OutgoingHttpHeaders = { 'content-type': 'text/plain; charset=utf-8' };
  for (const [name, value] of Object.entries(isRecord(headers) ? headers : {}))
    out[name.toLowerCase()] = String(value);
  if (Array.isArray(cookies) && cookies.length > 0) out['set-cookie'] = cookies.map(String);
  const bytes = Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8');
  return limited({ status, headers: out, body: bytes });
}

const limited = (answer: Answer): Answer =>
  Buffer.byteLength(answer.body ?? '') > ANSWER_LIMIT ? message(500, 'Internal Server Error') : answer;

const message = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message: text }),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isVerdict = (value: unknown): value is { isAuthorized: boolean; context?: unknown } =>
  isRecord(value) && typeof value['isAuthorized'] === 'boolean';

/** Undefined when the body is over the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const LATE = Symbol('late');

async function within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => late.resolve(LATE), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function isPreflight(request: IncomingMessage, options: ApiOptions): boolean {
  return (
    options.cors !== undefined &&
    request.method === 'OPTIONS' &&
    request.headers.origin !== undefined &&
    request.headers['access-control-request-method'] !== undefined
  );
}

function corsHeaders(request: IncomingMessage, cors: CorsOptions | undefined): OutgoingHttpHeaders {
  const origin = request.headers.origin;
  if (cors === undefined || origin === undefined) return {};
  const any = cors.origins.includes('*');
  if (!any && !cors.origins.includes(origin)) return {};
  const shared = {
    'access-control-allow-origin': any ? '*' : origin,
    ...(any ? {} : { vary: 'Origin' }),
    ...(cors.exposeHeaders === undefined
      ? {}
      : { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
  };
  if (request.method !== 'OPTIONS') return shared;
  return {
    ...shared,
    'access-control-allow-headers': cors.headers.join(','),
    'access-control-allow-methods': cors.methods.join(','),
    'access-control-max-age': String(cors.maxAgeSeconds ?? 0),
  };
}

import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';
import type * as z from 'zod';
import * as headers from '#contract/request-headers.ts';
import type { BodyOf, ParamsOf, QueryOf, Route } from '#contract/route.ts';
import { caller, type Caller } from './caller.ts';
import { ApiError } from './problem.ts';

export type ApiEvent = APIGatewayProxyEventV2WithLambdaAuthorizer<{ caller?: string }>;

/** A request that has been parsed by the contract. */
export interface ApiRequest<R extends Route = Route> {
  route: R;
  caller: Caller;
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  /** The body as it came, for signatures. */
  rawBody: string;
  headers: Record<string, string | undefined>;
  idempotencyKey: string | undefined;
  /** The version an edit was made on; 0 on routes without one. */
  ifMatch: number;
  requestId: string;
}

/** @throws ApiError `invalid_request` naming the field */
export function parseRequest<R extends Route>(route: R, event: ApiEvent, who: Caller): ApiRequest<R> {
  const rawBody = event.isBase64Encoded
    ? Buffer.from(event.body ?? '', 'base64').toString('utf8')
    : (event.body ?? '');
  return {
    route,
    caller: who,
    params: parse(route.params, event.pathParameters ?? {}, 'not_found') as ParamsOf<R>,
    query: parse(route.query, event.queryStringParameters ?? {}) as QueryOf<R>,
    body: (route.body ? parse(route.body, json(rawBody)) : undefined) as BodyOf<R>,
    rawBody,
    headers: event.headers,
    idempotencyKey: idempotencyKey(route, event.headers['idempotency-key']),
    ifMatch: route.versioned ? ifMatch(event.headers['if-match']) : 0,
    requestId: event.requestContext.requestId,
  };
}

export function callerOf(event: ApiEvent): Caller {
  const stated = event.requestContext.authorizer?.lambda?.caller;
  return stated === undefined ? { kind: 'nobody' } : caller.parse(JSON.parse(stated));
}

function parse(
  schema: z.ZodType | undefined,
  value: unknown,
  code: 'invalid_request' | 'not_found' = 'invalid_request',
): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  // A malformed id names nothing that exists.
  if (code === 'not_found') throw new ApiError(code, 'There is nothing here for you.');
  const field = issue?.path.join('.') ?? '';
  throw new ApiError(
    code,
    `${field === '' ? 'The body' : field}: ${issue?.message ?? 'is not valid'}`,
    field === '' ? undefined : field,
  );
}

function json(raw: string): unknown {
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    throw new ApiError('invalid_request', 'The body is not JSON.');
  }
}

function idempotencyKey(route: Route, header: string | undefined): string | undefined {
  if (!route.idempotent) return undefined;
  if (header === undefined)
    throw new ApiError(
      'idempotency_key_missing',
      'Send an Idempotency-Key header: a fresh random value per intention.',
      'Idempotency-Key',
    );
  const { error } = headers.idempotencyKey.safeParse(header);
  if (error)
    throw new ApiError(
      'invalid_request',
      `Idempotency-Key: ${error.issues[0]?.message ?? 'is not valid'}`,
      'Idempotency-Key',
    );
  return header;
}

function ifMatch(header: string | undefined): number {
  const version = headers.ifMatch.safeParse(header);
  if (!version.success)
    throw new ApiError('invalid_request', 'Send If-Match with the version you edited.', 'If-Match');
  return Number(version.data.replaceAll('"', ''));
}

/** The events API Gateway's HTTP API sends, payload format 2.0. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { ACCOUNT, arn } from '../engine/names.ts';
import type { RouteMatch } from './routes.ts';

const API_ID = 'kerflocal0';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/i;

/** What both events share; built once per request. */
export interface RequestFacts {
  method: string;
  rawPath: string;
  rawQueryString: string;
  cookies: string[] | undefined;
  headers: Record<string, string>;
  queryStringParameters: Record<string, string> | undefined;
  pathParameters: Record<string, string> | undefined;
  routeKey: string;
  requestContext: APIGatewayRequestAuthorizerEventV2['requestContext'];
}

export function requestFacts(request: IncomingMessage, match: RouteMatch): RequestFacts {
  const method = request.method ?? 'GET';
  const { rawPath, rawQueryString } = splitTarget(request.url);
  const { cookie, ...headers } = joinedHeaders(request);
  const query = joinedQuery(rawQueryString);
  const routeKey = `${match.route.method} ${match.route.path}`;
  const domainName = headers['host'] ?? '';
  const now = new Date();
  return {
    method,
    rawPath,
    rawQueryString,
    cookies: cookie?.split(/[;,]\s*/).filter(Boolean),
    headers,
    queryStringParameters: Object.keys(query).length > 0 ? query : undefined,
    pathParameters: Object.keys(match.pathParameters).length > 0 ? match.pathParameters : undefined,
    routeKey,
    requestContext: {
      accountId: ACCOUNT,
      apiId: API_ID,
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomBytes(11).toString('base64url') + '=',
      routeKey,
      stage: '$default',
      time: logTime(now),
      timeEpoch: now.getTime(),
    },
  };
}

/** Path and query of a request target, unchanged. */
export function splitTarget(url = '/'): { rawPath: string; rawQueryString: string } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { rawPath: url, rawQueryString: '' }
    : { rawPath: url.slice(0, mark), rawQueryString: url.slice(mark + 1) };
}

/** `identitySource` holds the values found, or null when the authorizer names no source. */
export function authorizerEvent(facts: RequestFacts, identitySource: string[] | null): object {
  return withoutUndefined({
    version: '2.0',
    type: 'REQUEST',
    routeArn: arn('execute-api', `${API_ID}/$default/${facts.method}${facts.rawPath}`),
    identitySource,
    routeKey: facts.routeKey,
    rawPath: facts.rawPath,
    rawQueryString: facts.rawQueryString,
    cookies: facts.cookies,
    headers: facts.headers,
    queryStringParameters: facts.queryStringParameters,
    requestContext: facts.requestContext,
    pathParameters: facts.pathParameters,
  });
}

/** `authorizerContext` is what the authorizer answered as `context`. */
export function integrationEvent(
  facts: RequestFacts,
  body: Buffer,
  authorizerContext: unknown,
): APIGatewayProxyEventV2 {
  const isBase64Encoded = body.length > 0 && !TEXT_TYPE.test(facts.headers['content-type'] ?? '');
  return withoutUndefined({
    version: '2.0',
    routeKey: facts.routeKey,
    rawPath: facts.rawPath,
    rawQueryString: facts.rawQueryString,
    cookies: facts.cookies,
    headers: facts.headers,
    queryStringParameters: facts.queryStringParameters,
    requestContext: { ...facts.requestContext, authorizer: { lambda: authorizerContext ?? null } },
    body: body.length === 0 ? undefined : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    pathParameters: facts.pathParameters,
    isBase64Encoded,
  }) as unknown as APIGatewayProxyEventV2;
}

function joinedHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')]),
  );
}

function joinedQuery(rawQueryString: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  }
  return query;
}

/** `21/Nov/2026:03:29:04 +0000` */
function logTime(now: Date): string {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.slice(8)}/${MONTHS[now.getUTCMonth()]}/${date.slice(0, 4)}:${time.slice(0, 8)} +0000`;
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

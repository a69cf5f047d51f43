import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer,
  APIGatewayRequestAuthorizerEventV2,
} from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invoke } from '../engine/deliveries.ts';
import { type ApiOptions, handleApi } from './http-api.ts';

type Event = APIGatewayProxyEventV2WithLambdaAuthorizer<{ shopId: string }>;

let server: Server;
let url: string;
let called: { name: string; event: unknown }[];
let authorize: (event: APIGatewayRequestAuthorizerEventV2) => unknown;
let answer: (event: Event) => unknown;
let options: ApiOptions;

beforeEach(async () => {
  called = [];
  authorize = () => ({ isAuthorized: true, context: { shopId: 'shop_1' } });
  answer = () => ({ ok: true });
  const invoke: Invoke = async (name, event) => {
    called.push({ name, event });
    return name === 'Authorizer'
      ? authorize(event as APIGatewayRequestAuthorizerEventV2)
      : answer(event as Event);
  };
  options = {
    routes: [
      { method: 'GET', path: '/v1/jobs/{jobId}', functionName: 'Jobs' },
      { method: 'GET', path: '/v1/jobs/late', functionName: 'LateJobs' },
      { method: 'POST', path: '/v1/jobs', functionName: 'Jobs' },
    ],
    authorizerFunction: 'Authorizer',
    invoke,
    integrationTimeoutMs: 300,
    cors: {
      origins: ['https://shop.test'],
      headers: ['authorization'],
      methods: ['GET', 'POST'],
      exposeHeaders: ['etag'],
    },
  };
  server = createServer((request, response) => void handleApi(request, response, options));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
  fetch(`${url}/v1/jobs`, { method: 'POST', body, headers: { 'content-type': type } });
const eventOf = (name: string) => called.find((call) => call.name === name)?.event;
const summary = async (response: Response) => [response.status, await response.json()];

describe('the function', () => {
  it('gets the payload 2.0 event', async () => {
    const headers = { 'X-Mixed': 'Case', cookie: 'a=1; b=2', 'user-agent': 'test' };
    await fetch(`${url}/v1/jobs/job%20%C3%A9?tag=x&tag=y&q=a%26b`, { headers });
    expect(eventOf('Jobs')).toMatchObject({
      version: '2.0',
      routeKey: 'GET /v1/jobs/{jobId}',
      rawPath: '/v1/jobs/job%20%C3%A9',
      rawQueryString: 'tag=x&tag=y&q=a%26b',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-mixed': 'Case' },
      queryStringParameters: { tag: 'x,y', q: 'a&b' },
      pathParameters: { jobId: 'job é' },
      requestContext: {
        http: { method: 'GET', path: '/v1/jobs/job%20%C3%A9', sourceIp: '127.0.0.1', userAgent: 'test' },
        stage: '$default',
        routeKey: 'GET /v1/jobs/{jobId}',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
        authorizer: { lambda: { shopId: 'shop_1' } },
      },
      isBase64Encoded: false,
    });
    expect(eventOf('Jobs')).not.toHaveProperty('body');
    expect((eventOf('Jobs') as Event).headers).not.toHaveProperty('cookie');
  });

  it('gets no empty fields', async () => {
    await fetch(`${url}/v1/jobs/late`);
    for (const field of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(eventOf('LateJobs')).not.toHaveProperty(field);
    }
  });

  it('is found by a fixed segment before a parameter', async () => {
    await fetch(`${url}/v1/jobs/late`);
    expect(called.map((call) => call.name)).toEqual(['Authorizer', 'LateJobs']);
  });

  it('gets text as text and other bodies in base64', async () => {
    await post('{"a":"é"}');
    expect(eventOf('Jobs')).toMatchObject({ body: '{"a":"é"}', isBase64Encoded: false });
    called = [];
    await post(new Uint8Array([0, 255, 7]), 'application/octet-stream');
    expect(eventOf('Jobs')).toMatchObject({ body: 'AP8H', isBase64Encoded: true });
  });
});

describe('the authorizer', () => {
  it('gets the request in its own event', async () => {
    await fetch(`${url}/v1/jobs/1?x=1`, { headers: { authorization: 'Bearer t' } });
    expect(eventOf('Authorizer')).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      routeArn: 'arn:aws:execute-api:us-east-1:000000000000:kerflocal0/$default/GET/v1/jobs/1',
      identitySource: null,
      routeKey: 'GET /v1/jobs/{jobId}',
      headers: { authorization: 'Bearer t' },
      queryStringParameters: { x: '1' },
      pathParameters: { jobId: '1' },
    });
  });

  it('that denies makes it 403, and the function is not called', async () => {
    authorize = () => ({ isAuthorized: false });
    expect(await summary(await fetch(`${url}/v1/jobs/1`))).toEqual([403, { message: 'Forbidden' }]);
    expect(called.map((call) => call.name)).toEqual(['Authorizer']);
  });

  it.each([
    ['crashes', () => Promise.reject(new Error('no'))],
    ['answers nonsense', () => 'yes'],
  ])('that %s makes it 500', async (_what, verdict) => {
    authorize = verdict;
    expect(await summary(await fetch(`${url}/v1/jobs/1`))).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
  });

  it('is not asked when its identity header is missing', async () => {
    options = { ...options, identityHeaders: ['Authorization'] };
    expect(await summary(await fetch(`${url}/v1/jobs/1`))).toEqual([401, { message: 'Unauthorized' }]);
    expect(called).toEqual([]);
    await fetch(`${url}/v1/jobs/1`, { headers: { authorization: 'Bearer t' } });
    expect(eventOf('Authorizer')).toMatchObject({ identitySource: ['Bearer t'] });
  });
});

describe('the answer', () => {
  it('is what the function said: status, headers, cookies, bytes', async () => {
    answer = () => ({
      statusCode: 201,
      headers: { 'Content-Type': 'image/png', ETag: '"1"' },
      cookies: ['a=1', 'b=2'],
      body: 'AP8H',
      isBase64Encoded: true,
    });
    const response = await post('{}');
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 7]);
  });

  it('is 200 and JSON for a plain object', async () => {
    const response = await fetch(`${url}/v1/jobs/1`);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await summary(response)).toEqual([200, { ok: true }]);
  });

  it('is 404 for an unknown route, method or a path with more segments', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nope'],
      ['DELETE', '/v1/jobs/1'],
      ['GET', '/v1/jobs/1/2'],
      ['GET', '/v1/jobs/'],
    ]) {
      const response = await fetch(`${url}${path ?? ''}`, { method: method ?? 'GET' });
      expect(await summary(response)).toEqual([404, { message: 'Not Found' }]);
    }
    expect(called).toEqual([]);
  });

  it('is 500 when the function crashes, and says nothing about why', async () => {
    answer = () => Promise.reject(new Error('secret'));
    expect(await summary(await fetch(`${url}/v1/jobs/1`))).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
  });

  it('is 503 when the function takes longer than the integration may', async () => {
    answer = () => new Promise(() => undefined);
    expect(await summary(await fetch(`${url}/v1/jobs/1`))).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('is 413 past 10 MB, and exactly 10 MB still pass', async () => {
    const tooMuch = await post(new Uint8Array(10 * 1024 * 1024 + 1), 'application/octet-stream');
    expect(await summary(tooMuch)).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(called).toEqual([]);
    expect((await post(new Uint8Array(10 * 1024 * 1024), 'application/octet-stream')).status).toBe(200);
  });
});

describe('another origin', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/v1/jobs`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

  it('that is allowed gets its preflight and may read answers', async () => {
    const response = await preflight('https://shop.test');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://shop.test');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,POST');
    const read = await fetch(`${url}/v1/jobs/1`, { headers: { origin: 'https://shop.test' } });
    expect(read.headers.get('access-control-expose-headers')).toBe('etag');
    expect(called.map((call) => call.name)).toEqual(['Authorizer', 'Jobs']);
  });

  it('that is not allowed gets no permission', async () => {
    expect((await preflight('https://evil.test')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

import { randomUUID } from 'node:crypto';
import { ulid } from 'ulid';
import { credentialHeaders, type Credential } from '#contract/client.ts';
import type { Route } from '#contract/route.ts';
import type { Fixture } from './fixtures.ts';

export interface Answer {
  status: number;
  type: string;
  text: string;
  /** The answer's JSON without the one thing that may differ between two equal answers. */
  json: Record<string, unknown>;
}

export interface Raw {
  /** Sent as it is instead of the fixture's body. */
  rawBody?: string;
  /** Left out when null. */
  idempotencyKey?: string | null;
  ifMatch?: number | null;
  /** The path as it is, not escaped. */
  rawPath?: string;
  headers?: Record<string, string>;
}

/** One request of a route; nothing in it is checked before it leaves. */
export async function send(
  url: string,
  route: Route,
  fixture: Fixture,
  credential: Credential,
  raw: Raw = {},
): Promise<Answer> {
  const path =
    raw.rawPath ??
    route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(fixture.params?.[name] ?? ''),
    );
  const query = new URLSearchParams(fixture.query).toString();
  const body = raw.rawBody ?? (fixture.body === undefined ? undefined : JSON.stringify(fixture.body));
  const ifMatch = raw.ifMatch === undefined ? fixture.ifMatch : raw.ifMatch;
  const response = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method: route.method,
    headers: {
      ...credentialHeaders(credential),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(route.idempotent && raw.idempotencyKey !== null
        ? { 'idempotency-key': raw.idempotencyKey ?? randomUUID() }
        : {}),
      ...(typeof ifMatch === 'number' ? { 'if-match': String(ifMatch) } : {}),
      ...raw.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text,
    json: withoutRequestId(text),
  };
}

function withoutRequestId(text: string): Record<string, unknown> {
  try {
    const { requestId: _, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return rest;
  } catch {
    return {};
  }
}

/** An id of the same kind that nothing has; a portal's name likewise. */
export const strangeId = (like: string): string => {
  const prefix = /^([a-z]+)_[0-9a-z]{26}$/.exec(like)?.[1];
  return prefix ? `${prefix}_${ulid().toLowerCase()}` : `nobody-${ulid().toLowerCase()}`;
};

/** The same request for things that do not exist. */
export const forNothing = (fixture: Fixture): Fixture => ({
  ...fixture,
  ...(fixture.params
    ? {
        params: Object.fromEntries(Object.entries(fixture.params).map(([name, id]) => [name, strangeId(id)])),
      }
    : {}),
});

/** The same request with one field of the body put differently. */
export const withField = (fixture: Fixture, field: string, value: unknown): Fixture => ({
  ...fixture,
  body: { ...(fixture.body as object), [field]: value },
});

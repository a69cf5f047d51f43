import type { BodyInputOf, OutOf, ParamsOf, QueryInputOf, Route } from './route.ts';
import type { Problem } from './errors.ts';

/** Who a client speaks for. */
export type Credential =
  | { kind: 'none' }
  /** A staff member's identity token, and the shop asked for. */
  | { kind: 'staff'; token: string; shopId?: string | undefined }
  | { kind: 'customer'; token: string }
  | { kind: 'link'; secret: string }
  | { kind: 'vendor'; secret: string };

/** What a call of the route needs; parts the route does not have may not be given. */
export type CallInput<R extends Route> = (ParamsOf<R> extends undefined
  ? { params?: undefined }
  : { params: ParamsOf<R> }) &
  (QueryInputOf<R> extends undefined ? { query?: undefined } : { query?: QueryInputOf<R> }) &
  (BodyInputOf<R> extends undefined ? { body?: BodyInputOf<R> } : { body: BodyInputOf<R> }) & {
    /** One per intention; a fresh one when absent. */
    idempotencyKey?: string;
    ifMatch?: number;
  };

/** An answer that is not success. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: Problem | undefined;
  constructor(status: number, problem: Problem | undefined, fallback: string) {
    super(problem?.detail ?? fallback);
    this.name = 'ProblemError';
    this.status = status;
    this.problem = problem;
  }
}

export type Call = <R extends Route>(route: R, input: CallInput<R>) => Promise<OutOf<R>>;

/** A client of the API made from the contract. @throws ProblemError */
export function apiClient(
  baseUrl: string,
  credential: () => Credential,
  fetcher: typeof fetch = fetch,
): Call {
  return async (route, input) => {
    const given = input as {
      params?: Record<string, string>;
      query?: Record<string, string | number | undefined>;
      body?: unknown;
      idempotencyKey?: string;
      ifMatch?: number;
    };
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(given.params?.[name] ?? ''),
    );
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(given.query ?? {}))
      if (value !== undefined) query.set(name, String(value));
    const response = await fetcher(`${baseUrl}${path}${query.size > 0 ? `?${query.toString()}` : ''}`, {
      method: route.method,
      headers: {
        ...credentialHeaders(credential()),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(route.idempotent ? { 'idempotency-key': given.idempotencyKey ?? crypto.randomUUID() } : {}),
        ...(given.ifMatch === undefined ? {} : { 'if-match': String(given.ifMatch) }),
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    if (response.status === 204) return undefined as OutOf<typeof route>;
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok)
      throw new ProblemError(
        response.status,
        answer as Problem | undefined,
        `The server answered ${response.status}.`,
      );
    return answer as OutOf<typeof route>;
  };
}

export function credentialHeaders(credential: Credential): Record<string, string> {
  switch (credential.kind) {
    case 'none':
      return {};
    case 'staff':
      return {
        authorization: `Bearer ${credential.token}`,
        ...(credential.shopId ? { 'kerf-shop': credential.shopId } : {}),
      };
    case 'customer':
      return { authorization: `Bearer ${credential.token}` };
    case 'link':
      return { authorization: `Link ${credential.secret}` };
    case 'vendor':
      return { authorization: `Vendor ${credential.secret}` };
  }
}

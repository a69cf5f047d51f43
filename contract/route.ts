import type * as z from 'zod';
import type { Role } from '#domain/actor.ts';

/** Who may call a route. A kind that is absent is refused. */
export interface Callers {
  /** Nobody in particular: no credential is looked at. */
  public?: true;
  /** A signed-in person, whatever the shop. */
  person?: true;
  /** Members of the shop asked for, with one of these roles. */
  staff?: readonly Role[];
  /** A customer of the shop, for what is theirs. */
  customer?: true;
  /** The bearer of a mailed link, for the one job it names. */
  link?: true;
  /** The bearer of a link mailed to a vendor, for the one request it names. */
  vendor?: true;
  /** Kerf's own people, for the platform; none of them belongs to a shop. */
  operator?: true;
  /** A payment provider; its signature covers the body, so the route itself verifies it. */
  webhook?: true;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Route {
  /** Names the operation in OpenAPI, client and handler file. */
  id: string;
  method: Method;
  path: `/v1/${string}`;
  /** The bounded context, which is one Lambda. */
  context:
    | 'platform'
    | 'shops'
    | 'portal'
    | 'jobs'
    | 'farm'
    | 'billing'
    | 'documents'
    | 'quality'
    | 'mail'
    | 'console';
  summary: string;
  callers: Callers;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  out: z.ZodType;
  /** Status of success. */
  status: 200 | 201 | 204;
  /** POSTs that create or charge demand an Idempotency-Key. */
  idempotent?: true;
  /** Edits demand `If-Match: <version>`. */
  versioned?: true;
  /** Not for Kerf's support while it visits the shop: it would hand out a way in, or speak for the shop. */
  closedToSupport?: true;
}

/**
 * Whether Kerf's support reaches a route while it visits a shop: it works as an admin of the shop, and never where customers' payments
 * are kept or credentials are given out.
 */
export const opensToSupport = ({ callers, context, closedToSupport }: Route): boolean =>
  callers.staff?.includes('admin') === true && context !== 'billing' && closedToSupport !== true;

/** Keeps a route's literal types. */
export const route = <const R extends Route>(definition: R): R => definition;

type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;
type InferInput<T> = T extends z.ZodType ? z.input<T> : undefined;
export type ParamsOf<R extends Route> = Infer<R['params']>;
export type QueryOf<R extends Route> = Infer<R['query']>;
export type BodyOf<R extends Route> = Infer<R['body']>;
export type QueryInputOf<R extends Route> = InferInput<R['query']>;
export type BodyInputOf<R extends Route> = InferInput<R['body']>;
export type OutOf<R extends Route> = z.output<R['out']>;

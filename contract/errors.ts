import * as z from 'zod';

/** Every error code the API answers with, and its HTTP status. Closed. */
export const errorStatus = {
  invalid_request: 400,
  /** A route that creates or charges was called without an Idempotency-Key. */
  idempotency_key_missing: 400,
  /** No credential, or one that is wrong or over. */
  unauthenticated: 401,
  /** The thing is known to the caller's shop; the caller's role may not do this. */
  wrong_role: 403,
  /** Kerf has suspended the shop: its owner may read, nobody may change anything. */
  shop_suspended: 403,
  /** The shop's plan holds no more of this. */
  over_plan: 403,
  /** Unknown, or somebody else's: the answer is the same. */
  not_found: 404,
  /** The status has no such step. */
  not_allowed_now: 409,
  /** A condition is missing; the message says which. */
  not_ready: 409,
  /** Somebody changed it since the version the caller named. */
  stale: 409,
  /** Exists already (slug, enrolment). */
  taken: 409,
  expired: 410,
  /** The same Idempotency-Key came with another body. */
  idempotency_key_reused: 422,
  too_many_requests: 429,
  internal: 500,
  /** A provider did not answer; nothing was changed. */
  unavailable: 503,
} as const;
export type ErrorCode = keyof typeof errorStatus;

/** `application/problem+json` (RFC 9457) with a closed code. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    /** The field to mend, as a path in the body. */
    field: z.string().optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;

import { errorStatus, type ErrorCode, type Problem } from '#contract/errors.ts';
import type { Refusal } from '#domain/refusal.ts';
import { now } from '../adapters/clock.ts';

/** An answer that is not success. Thrown anywhere below the stack; the stack writes it as problem+json. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  /** When it makes sense to try again, ISO 8601; becomes `Retry-After`. */
  readonly retryAt: string | undefined;
  constructor(code: ErrorCode, message: string, field?: string, retryAt?: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.field = field;
    this.retryAt = retryAt;
  }
}

/** Unknown and foreign things answer alike. */
export const notFound = (): ApiError => new ApiError('not_found', 'There is nothing here for you.');

const codes: Record<Refusal['refused'], ErrorCode> = {
  not_allowed_now: 'not_allowed_now',
  not_yours_to_do: 'wrong_role',
  not_ready: 'not_ready',
  invalid: 'invalid_request',
  stale: 'stale',
  over_plan: 'over_plan',
  expired: 'expired',
};

export const refused = (refusal: Refusal): ApiError =>
  new ApiError(codes[refusal.refused], refusal.message, refusal.field);

const secondsUntil = (instant: string): string =>
  String(Math.max(1, Math.ceil((Date.parse(instant) - Date.parse(now())) / 1000)));

/** RFC 9457 body and status. */
export function problemResponse(error: ApiError, requestId: string) {
  const status = errorStatus[error.code];
  const body: Problem = {
    type: `https://kerf.example/problems/${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status,
    code: error.code,
    detail: error.message,
    ...(error.field === undefined ? {} : { field: error.field }),
    requestId,
  };
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(error.retryAt === undefined ? {} : { 'retry-after': secondsUntil(error.retryAt) }),
    },
    body: JSON.stringify(body),
  };
}

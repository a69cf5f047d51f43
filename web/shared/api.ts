import { apiClient, ProblemError, type Call, type Credential } from '#contract/client.ts';
import type { ErrorCode } from '#contract/errors.ts';

/** What the API answered instead of success, or `offline` when it did not answer. */
export class ApiProblem extends Error {
  readonly code: ErrorCode | 'offline';
  readonly field: string | undefined;
  constructor(code: ErrorCode | 'offline', detail: string, field?: string) {
    super(detail);
    this.name = 'ApiProblem';
    this.code = code;
    this.field = field;
  }
}

/** True when the call may have worked although no good answer came: only the same Idempotency-Key may be sent again. */
export const outcomeUnknown = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.code === 'offline' || error.code === 'internal' || error.code === 'unavailable');

/** Who calls, for as long as they are signed in. */
export interface Session {
  credential(): Credential;
  /** Before every call: time to get a fresh credential. */
  ready?(): Promise<void>;
  /** Once after a 401; true: there is a fresh credential, try again. */
  renew?(): Promise<boolean>;
}

export const nobody: Session = { credential: () => ({ kind: 'none' }) };

/** A random key for one intention: 32 hex digits. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/** The API as the one who holds the session. @throws ApiProblem */
export function client(session: Session): Call {
  const call = apiClient('', () => session.credential());
  return async (route, input) => {
    // A repeat after a 401 is the same intention.
    const keyed = route.idempotent ? { idempotencyKey: newKey(), ...input } : input;
    await session.ready?.();
    try {
      return await call(route, keyed);
    } catch (error) {
      const refused = error instanceof ProblemError && error.status === 401;
      if (!refused || !(await session.renew?.())) throw problemOf(error);
    }
    try {
      return await call(route, keyed);
    } catch (error) {
      throw problemOf(error);
    }
  };
}

function problemOf(error: unknown): ApiProblem {
  if (!(error instanceof ProblemError))
    return new ApiProblem('offline', 'No answer from the server. Check the connection and try again.');
  if (!error.problem?.code) return new ApiProblem('unavailable', `${error.message} Try again in a moment.`);
  return new ApiProblem(error.problem.code, error.problem.detail, error.problem.field);
}

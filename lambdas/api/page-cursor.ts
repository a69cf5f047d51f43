import { ApiError } from '../http/problem.ts';

/** For the failure of a page that was asked for by a cursor: it is the cursor that is wrong. Without one the error goes on. */
export const strangeCursor =
  ({ cursor }: { cursor?: string | undefined }) =>
  (error: unknown): never => {
    if (cursor === undefined) throw error;
    throw new ApiError('invalid_request', 'cursor: is not one of ours. Start again without it.', 'cursor');
  };

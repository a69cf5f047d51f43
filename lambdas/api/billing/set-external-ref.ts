import * as routes from '#contract/routes/books.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { isBooked, putExternalRef } from '../../adapters/dynamo/repositories/bookkeeping.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

/** Saying the same again is harmless; another name takes the place of the one before. */
export const setExternalRef = implement(routes.setExternalRef, async ({ caller, body }) => {
  const { t } = inShop(caller);
  if (!(await isBooked(t, body.kind, body.id)))
    throw new ApiError('invalid_request', 'The shop has no such thing.', 'id');
  const ref = { ...body, syncedAt: now() };
  await commit(t.client, [putExternalRef(t, ref)]);
  return ref;
});

import * as routes from '#contract/routes/books.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { isBooked, putExternalRef } from '../../adapters/dynamo/repositories/bookkeeping.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

/** Another name takes the place of the one before. */
export const setExternalRef = implement(routes.setExternalRef, async (request) => {
  const { t } = inShop(request.caller);
  const { body } = request;
  if (!(await isBooked(t, body.kind, body.id)))
    throw new ApiError('invalid_request', 'The shop has no such thing.', 'id');
  return once(idempotencyOf(t), request, async (record) => {
    const ref = { ...body, syncedAt: now() };
    await commit(t.client, [putExternalRef(t, ref), ...record(ref)]);
    return ref;
  });
});

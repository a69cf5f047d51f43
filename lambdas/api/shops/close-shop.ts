import * as routes from '#contract/routes/shops.ts';
import { isRefusal } from '#domain/refusal.ts';
import { closeShop as close } from '#domain/shop/closing.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { closingWrite, loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { shownShop } from './shown-shop.ts';

export const closeShop = implement(routes.closeShop, async (request) => {
  const { t, caller } = inShop(request.caller);
  if (caller.kind !== 'staff') throw notFound();
  const { personId, name } = caller;
  await once(idempotencyOf(t), request, async (record) => {
    const wish = { typedName: request.body.name, by: { personId, name }, now: now() };
    const closing = close(await loadShop(t), await loadClosing(t), wish);
    if (isRefusal(closing)) throw refused(closing);
    await commit(t.client, [closingWrite(t, closing), ...record({})]);
    return {};
  });
  return shownShop(t);
});

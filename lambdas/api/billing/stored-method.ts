import * as routes from '#contract/routes/money.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { findStoredMethod, putStoredMethod } from '../../adapters/dynamo/repositories/online-payments.ts';
import { forgetCard } from '../../adapters/stripe/stripe.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const getStoredMethod = implement(routes.getStoredMethod, async (request) => {
  const { caller, t } = inShop(request.caller);
  if (caller.kind !== 'customer') throw notFound();
  const { method } = (await findStoredMethod(t, caller.customerId)) ?? {};
  if (!method) return {};
  const { brand, last4, expires, agreedAt } = method;
  return { method: { brand, last4, expires, agreedAt } };
});

/** Ours first: from then on nobody charges it, whether the provider answers or not. */
export const removeStoredMethod = implement(routes.removeStoredMethod, async (request) => {
  const { caller, t } = inShop(request.caller);
  if (caller.kind !== 'customer') throw notFound();
  const done = { removed: true as const };
  return once(idempotencyOf(t), request, async (record) => {
    const stored = await findStoredMethod(t, caller.customerId);
    if (!stored?.method) return done;
    const { method, ...row } = stored;
    await commit(t.client, [putStoredMethod(t, { ...row, version: row.version + 1 }), ...record(done)]);
    await forgetCard(stored.account, method.id);
    return done;
  });
});

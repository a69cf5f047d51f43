import * as routes from '#contract/routes/money.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { findStoredMethod } from '../../adapters/dynamo/repositories/online-payments.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { askedForJob, chargeStored, paymentPage } from '../../use-cases/take-online.ts';
import { inShop, visibleJob } from '../access.ts';
import { shopThatTakes } from './online.ts';

/**
 * A card that is declined, or whose bank wants to hear its owner, is no error of the call: the answer says so and where it can be
 * paid after all (CO-64).
 */
export const chargeStoredMethod = implement(routes.chargeStoredMethod, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { job } = await visibleJob(t, caller, request.params.jobId);
  const shop = await shopThatTakes(t);
  const { part, amountMinor: seen } = request.body;
  return once(idempotencyOf(t), request, async (record) => {
    const stored = await findStoredMethod(t, job.customer.customerId);
    const { method } = stored ?? {};
    if (!stored || !method || stored.account !== shop.paymentAccountId)
      throw new ApiError('not_ready', 'No card is kept for this customer.');
    const ask = async () => {
      const asked = await askedForJob(t, job.id, shop, part);
      if (asked.amountMinor === seen) return asked;
      throw new ApiError('stale', 'Another amount is open by now. Look at it again.', 'amountMinor');
    };
    const { report, problem } = await chargeStored(t, ask, { ...stored, method });
    const { slug } = await loadShop(t);
    const result =
      problem === undefined
        ? {
            outcome: report.outcome === 'pending' ? ('pending' as const) : ('paid' as const),
            amountMinor: report.amountMinor,
          }
        : {
            outcome: problem,
            amountMinor: report.amountMinor,
            ...(report.failure === undefined ? {} : { message: report.failure }),
            payUrl: (await paymentPage(t, { ask, shop, returnPath: `/p/${slug}/job/${job.id}` })).url,
          };
    await commit(t.client, record(result));
    return result;
  });
});

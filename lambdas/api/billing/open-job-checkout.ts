import * as routes from '#contract/routes/money.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { implement } from '../../http/stack.ts';
import { askedForJob, paymentPage } from '../../use-cases/take-online.ts';
import { inShop, visibleJob } from '../access.ts';
import { keptFor, shopThatTakes } from './online.ts';

export const openJobCheckout = implement(routes.openJobCheckout, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { job } = await visibleJob(t, caller, request.params.jobId);
  const shop = await shopThatTakes(t);
  const { returnPath, keepMethod, part } = request.body;
  return once(idempotencyOf(t), request, async (record) => {
    const keepFor = keepMethod ? await keptFor(t, caller, shop) : undefined;
    const ask = () => askedForJob(t, job.id, shop, part);
    const result = await paymentPage(t, { ask, shop, returnPath, keepFor });
    await commit(t.client, record(result));
    return result;
  });
});

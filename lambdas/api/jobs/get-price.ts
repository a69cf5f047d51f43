import * as routes from '#contract/routes/jobs.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { unsentPriceFor } from './job-view.ts';

/** What the shop decides for the next version stays with the shop until it is sent. */
export const getPrice = implement(routes.getPrice, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const loaded = await visibleJob(t, caller, params.jobId);
  const draft = caller.kind === 'staff' ? await loadQuoteDraft(t, params.jobId) : undefined;
  const priced = await priceJob(t, loaded, draft?.edits);
  if (isRefusal(priced)) throw refused(priced);
  return unsentPriceFor(priced.price, caller);
});

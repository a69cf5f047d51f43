import * as routes from '#contract/routes/jobs.ts';
import { isRefusal } from '#domain/refusal.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { priceFor } from './job-view.ts';

export const getPrice = implement(routes.getPrice, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const price = await priceJob(t, await visibleJob(t, caller, params.jobId));
  if (isRefusal(price)) throw refused(price);
  return priceFor(price, caller);
});

import * as routes from '#contract/routes/quotes.ts';
import { loadQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { quoteDraftView } from './quote-draft-view.ts';

export const getQuoteDraft = implement(routes.getQuoteDraft, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const loaded = await visibleJob(t, caller, params.jobId);
  return quoteDraftView(t, loaded, await loadQuoteDraft(t, params.jobId));
});

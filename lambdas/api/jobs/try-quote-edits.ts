import * as routes from '#contract/routes/quotes.ts';
import { findEditFault } from '#domain/quote/quote-edits.ts';
import { loadQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { quoteDraftView } from './quote-draft-view.ts';

export const tryQuoteEdits = implement(routes.tryQuoteEdits, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const loaded = await visibleJob(t, caller, params.jobId);
  const fault = findEditFault(
    body.edits,
    loaded.parts.map(({ id }) => id),
  );
  if (fault) throw refused(fault);
  return quoteDraftView(t, loaded, await loadQuoteDraft(t, params.jobId), body.edits);
});

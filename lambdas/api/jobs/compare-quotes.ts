import * as routes from '#contract/routes/quotes.ts';
import { diffPrices } from '#domain/quote/quote-diff.ts';
import { loadQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const compareQuotes = implement(routes.compareQuotes, async ({ caller: who, params, query }) => {
  const { caller, t } = inShop(who);
  await visibleJob(t, caller, params.jobId);
  const version = Number(params.version);
  const against = Number(query.against ?? version - 1);
  const [after, before] = await Promise.all(
    [version, against].map((each) => loadQuote(t, params.jobId, each)),
  );
  if (!after) throw notFound();
  // The first version is compared with nothing, so that all of it is new.
  return diffPrices(
    before?.price ?? { ...after.price, lines: [], adjustments: [], totalMinor: 0 },
    after.price,
  );
});

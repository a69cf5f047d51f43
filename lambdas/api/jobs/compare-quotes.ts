import * as routes from '#contract/routes/quotes.ts';
import { diffPrices } from '#domain/quote/quote-diff.ts';
import { quotesOfJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const compareQuotes = implement(routes.compareQuotes, async ({ caller: who, params, query }) => {
  const { caller, t } = inShop(who);
  await visibleJob(t, caller, params.jobId);
  // A version that was not sent is the shop's own.
  const quotes = (await quotesOfJob(t, params.jobId)).filter(
    ({ state }) => caller.kind === 'staff' || state !== 'draft',
  );
  const after = quotes.find(({ version }) => version === Number(params.version));
  if (!after) throw notFound();
  const before =
    query.against === undefined
      ? quotes.filter(({ version }) => version < after.version).at(-1)
      : quotes.find(({ version }) => version === Number(query.against));
  // The first version is compared with nothing, so that all of it is new.
  return diffPrices(
    before?.price ?? { ...after.price, lines: [], adjustments: [], totalMinor: 0 },
    after.price,
  );
});

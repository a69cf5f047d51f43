import * as routes from '#contract/routes/quotes.ts';
import { recompute } from '#domain/quote/recompute.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBookVersion } from '../../adapters/dynamo/repositories/shops.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { fileHashes } from '../../use-cases/price-job.ts';
import { inShop, visibleJob } from '../access.ts';

export const recomputeQuote = implement(routes.recomputeQuote, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const loaded = await visibleJob(t, caller, params.jobId);
  const quote = await loadQuote(t, params.jobId, Number(params.version));
  if (!quote) throw notFound();
  const book = await loadPriceBookVersion(t, quote.basis.priceBookVersion);
  if (!book) throw notFound();
  const recomputed = recompute(quote, book);
  if (isRefusal(recomputed)) throw refused(recomputed);
  const hashes = fileHashes(loaded);
  return {
    version: quote.version,
    ...recomputed,
    filesUnchanged: Object.entries(quote.basis.fileHashes).every(([id, hash]) => hashes[id] === hash),
  };
});

import type { QuoteDraftView } from '#contract/views/quote-draft.ts';
import { diffPrices } from '#domain/quote/quote-diff.ts';
import { noEdits, type QuoteEdits } from '#domain/quote/quote-edits.ts';
import type { QuoteDraft } from '#domain/quote/quote.ts';
import { isRefusal } from '#domain/refusal.ts';
import { loadQuote, type LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { refused } from '../../http/problem.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { shopPrice } from './job-view.ts';

/**
 * The next version as it would be sent now, beside what the price book alone gives and what the last version said.
 * @throws ApiError when the decisions can not be priced; the field says which
 */
export async function quoteDraftView(
  t: Tenant,
  loaded: LoadedJob,
  saved: QuoteDraft | undefined,
  edits: QuoteEdits = saved?.edits ?? noEdits,
): Promise<QuoteDraftView> {
  const last = loaded.job.quote?.version;
  const [priced, computed, sent] = await Promise.all([
    priceJob(t, loaded, edits),
    priceJob(t, loaded),
    last === undefined ? undefined : loadQuote(t, loaded.job.id, last),
  ]);
  if (isRefusal(priced)) throw refused(priced);
  return {
    version: saved?.version ?? 0,
    edits: (priced.basis.edits ?? noEdits) as QuoteDraftView['edits'],
    ...(saved ? { savedAt: saved.savedAt, savedBy: saved.savedBy } : {}),
    price: shopPrice(priced.price),
    computedTotalMinor: isRefusal(computed) ? null : computed.price.totalMinor,
    ...(sent ? { diff: diffPrices(sent.price, priced.price) } : {}),
  };
}

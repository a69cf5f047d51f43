import * as routes from '#contract/routes/jobs.ts';
import type { Quote } from '#domain/quote/quote.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { loadQuoteDraft, putQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { runCommand } from './run-command.ts';

const dayMs = 86_400_000;

export const sendQuote = implement(routes.sendQuote, (request) => {
  const { draftVersion, message } = request.body;
  return runCommand(request, async (loaded, now, t) => {
    const [draft, shop] = await Promise.all([loadQuoteDraft(t, loaded.job.id), loadShop(t)]);
    if (draftVersion !== undefined && draftVersion !== (draft?.version ?? 0))
      return refuse(
        'stale',
        `${draft?.savedBy ?? 'Somebody'} has changed the draft meanwhile. Look at it again before you send it.`,
        'draftVersion',
      );
    const priced = await priceJob(t, loaded, draft?.edits);
    if (isRefusal(priced)) return priced;
    const { price, basis } = priced;
    if (price.totalMinor === null)
      return refuse('not_ready', price.reviewReasons[0]?.message ?? 'There is no price yet.', 'parts');
    const validUntil = new Date(Date.parse(now) + shop.quoteValidDays * dayMs).toISOString();
    return {
      command: { name: 'send_quote', totalMinor: price.totalMinor, currency: price.currency, validUntil },
      writes: ({ job }) => {
        const quote: Quote = {
          jobId: job.id,
          version: job.quote?.version ?? 1,
          state: 'sent',
          price,
          basis,
          ...(message === undefined ? {} : { message }),
          sentAt: now,
          validUntil,
        };
        return [putQuote(t, quote)];
      },
    };
  });
});

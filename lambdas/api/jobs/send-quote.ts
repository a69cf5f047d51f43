import * as routes from '#contract/routes/jobs.ts';
import type { Quote } from '#domain/quote/quote.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { putQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { runCommand } from './run-command.ts';

const dayMs = 86_400_000;

export const sendQuote = implement(routes.sendQuote, (request) =>
  runCommand(request, async (loaded, now, t) => {
    const [price, shop] = await Promise.all([priceJob(t, loaded), loadShop(t)]);
    if (isRefusal(price)) return price;
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
          basis: {
            priceBookVersion: price.priceBookVersion,
            engineVersion: price.engineVersion,
            fileHashes: Object.fromEntries(
              loaded.files.flatMap((file) => (file.sha256 ? [[file.id, file.sha256]] : [])),
            ),
          },
          ...request.body,
          sentAt: now,
          validUntil,
        };
        return [putQuote(t, quote)];
      },
    };
  }),
);

import type { OfferTerms } from '#domain/job/commands.ts';
import type { Job } from '#domain/job/job.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import { handPrice, type HandLine } from '#domain/quote/hand-price.ts';
import type { Quote } from '#domain/quote/quote.ts';
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts';
import type { Write } from '../adapters/dynamo/commit.ts';
import { putQuote, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook, loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { priceJob } from './price-job.ts';

/** A price that can go out, and the terms a command names. */
export interface Offer {
  price: PricedOrder;
  terms: OfferTerms;
}

const dayMs = 86_400_000;

/** The offer for a job: at lines set by hand, else at the price of the price book in force. */
export async function makeOffer(
  t: Tenant,
  loaded: LoadedJob,
  now: string,
  lines?: readonly HandLine[],
): Promise<Offer | Refusal> {
  const [price, shop] = await Promise.all([
    lines ? loadPriceBook(t).then((book) => handPrice(lines, book)) : priceJob(t, loaded),
    loadShop(t),
  ]);
  if (isRefusal(price)) return price;
  const { totalMinor, currency, reviewReasons } = price;
  if (totalMinor === null)
    return refuse('not_ready', reviewReasons[0]?.message ?? 'There is no price yet.', 'parts');
  const validUntil = new Date(Date.parse(now) + shop.quoteValidDays * dayMs).toISOString();
  return { price, terms: { totalMinor, currency, validUntil } };
}

/** The row of the version that a decision has opened. */
export function offerWrite(
  t: Tenant,
  { files }: LoadedJob,
  job: Job,
  { price, terms }: Offer,
  now: string,
  said: Pick<Quote, 'message' | 'answeredAt' | 'answeredBy' | 'answer'> = {},
): Write {
  return putQuote(t, {
    jobId: job.id,
    version: job.quote?.version ?? 1,
    state: job.quote?.state ?? 'sent',
    price,
    basis: {
      priceBookVersion: price.priceBookVersion,
      engineVersion: price.engineVersion,
      fileHashes: Object.fromEntries(files.flatMap((file) => (file.sha256 ? [[file.id, file.sha256]] : []))),
    },
    ...said,
    sentAt: now,
    validUntil: terms.validUntil,
  });
}

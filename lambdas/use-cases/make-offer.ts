import type { OfferTerms } from '#domain/job/commands.ts';
import type { Job } from '#domain/job/job.ts';
import { noEdits } from '#domain/quote/quote-edits.ts';
import type { Quote, QuoteDraft } from '#domain/quote/quote.ts';
import { isRefusal, refuse, type Refusal } from '#domain/refusal.ts';
import type { Write } from '../adapters/dynamo/commit.ts';
import { putQuote, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { priceJob, type PricedJob } from './price-job.ts';

/** A price that can go out, and the terms a command names. */
export interface Offer extends PricedJob {
  terms: OfferTerms;
}

/** One line of an offer that a person sets; `unitMinor` is whole minor units per piece. */
export interface HandLine {
  name: string;
  quantity: number;
  unitMinor: number;
}

const dayMs = 86_400_000;

/** The offer for a job: at lines set by hand in place of its parts, else at the price book in force with what the draft decides. */
export async function makeOffer(
  t: Tenant,
  loaded: LoadedJob,
  now: string,
  { lines, draft }: { lines?: readonly HandLine[] | undefined; draft?: QuoteDraft | undefined } = {},
): Promise<Offer | Refusal> {
  const [priced, shop] = await Promise.all([
    lines ? priceJob(t, { ...loaded, parts: [] }, byHand(lines)) : priceJob(t, loaded, draft?.edits),
    loadShop(t),
  ]);
  if (isRefusal(priced)) return priced;
  const { totalMinor, currency, reviewReasons } = priced.price;
  if (totalMinor === null)
    return refuse('not_ready', reviewReasons[0]?.message ?? 'There is no price yet.', 'parts');
  const validUntil = new Date(Date.parse(now) + shop.quoteValidDays * dayMs).toISOString();
  return { ...priced, terms: { totalMinor, currency, validUntil } };
}

const byHand = (lines: readonly HandLine[]) => ({
  ...noEdits,
  extras: lines.map(({ name, ...line }, index) => ({
    ...line,
    id: `line-${index + 1}`,
    label: name,
    reason: 'Set by hand.',
  })),
});

/** The row of the version that a decision has opened. */
export const offerWrite = (
  t: Tenant,
  job: Job,
  { price, basis, terms }: Offer,
  now: string,
  said: Pick<Quote, 'message' | 'answeredAt' | 'answeredBy' | 'answer'> = {},
): Write =>
  putQuote(t, {
    jobId: job.id,
    version: job.quote?.version ?? 1,
    state: job.quote?.state ?? 'sent',
    price,
    basis,
    ...(job.quote?.depositMinor === undefined ? {} : { depositMinor: job.quote.depositMinor }),
    ...said,
    sentAt: now,
    validUntil: terms.validUntil,
  });

import type { PriceBook } from '../price/price-book.ts';
import { engineVersion, priceOrder } from '../price/price-order.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { diffPrices, isEmptyDiff, type QuoteDiff } from './quote-diff.ts';
import type { Quote } from './quote.ts';

export interface Recomputed {
  /** Every line, adjustment and total is the same to the cent. */
  same: boolean;
  storedTotalMinor: number | null;
  recomputedTotalMinor: number | null;
  diff: QuoteDiff;
  priceBookVersion: number;
  storedEngineVersion: string;
  engineVersion: string;
}

/**
 * Computes a quote again from what it was computed from.
 * @param book the version of the price book that the quote names
 */
export function recompute(quote: Pick<Quote, 'price' | 'basis'>, book: PriceBook): Recomputed | Refusal {
  const { price, basis } = quote;
  if (book.version !== basis.priceBookVersion)
    return refuse('invalid', `The quote was made with version ${basis.priceBookVersion} of the price book.`);
  const again = priceOrder({ ...basis.inputs, priceBook: book });
  if ('refused' in again) return refuse('invalid', again.refused.message, again.refused.field);
  const diff = diffPrices(price, again);
  return {
    same: isEmptyDiff(diff),
    storedTotalMinor: price.totalMinor,
    recomputedTotalMinor: again.totalMinor,
    diff,
    priceBookVersion: book.version,
    storedEngineVersion: basis.engineVersion,
    engineVersion,
  };
}

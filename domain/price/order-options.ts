import type { PricedOrder } from './price-order.ts';
import { doubtfulPrice } from './review-gates.ts';

/** What a customer may do with a price that nobody of the shop has sent. */
export interface OrderOptions {
  /** The price may be shown; a line in `hiddenLines` is "to be priced" all the same, and so is then the total. */
  showPrices: boolean;
  /** Ids of the lines whose price may be wrong. */
  hiddenLines: string[];
  /** Order at the price shown, without waiting for the shop. */
  placeNow: boolean;
  /** Ask the shop to look and send its offer. */
  askForReview: boolean;
  /** Why the order can not be placed at once, in plain words; empty when it can. */
  why: string[];
}

/** Which buttons the customer sees: the shop's order mode first, then every gate that the order trips. */
export function orderOptions({
  orderMode,
  reviewReasons,
  totalMinor,
}: Pick<PricedOrder, 'orderMode' | 'reviewReasons' | 'totalMinor'>): OrderOptions {
  const doubted = reviewReasons.flatMap(({ code, partId }) =>
    partId !== undefined && doubtfulPrice.has(code) ? [partId] : [],
  );
  const hiddenLines = [...new Set(doubted)];
  const why = [
    ...(orderMode === 'instant' ? [] : [modeWords[orderMode]]),
    ...reviewReasons.map(({ message }) => message),
  ];
  return {
    showPrices: orderMode !== 'no_prices',
    hiddenLines,
    placeNow: why.length === 0 && totalMinor !== null && totalMinor > 0,
    askForReview: true,
    why,
  };
}

const modeWords = {
  review: 'The shop looks at every order and sends a firm offer.',
  no_prices: 'The shop names its price after a look at the order.',
} as const;

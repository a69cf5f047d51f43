import type { PriceBook } from '../price/price-book.ts';
import { engineVersion, type PricedOrder } from '../price/price-order.ts';
import { multiply, percent, rational, roundHalfUp } from '../price/rational.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** One line of an offer that a person sets. */
export interface HandLine {
  name: string;
  quantity: number;
  /** Whole minor units per piece, without tax. */
  unitMinor: number;
  partId?: string;
}

/** An offer set line by line, with the price book's tax: bespoke pieces, repairs, and prices that were negotiated. */
export function handPrice(
  lines: readonly HandLine[],
  book: Pick<PriceBook, 'currency' | 'taxPercent' | 'version'>,
): PricedOrder | Refusal {
  const subtotalMinor = lines.reduce((sum, { quantity, unitMinor }) => sum + quantity * unitMinor, 0);
  if (!Number.isSafeInteger(subtotalMinor) || subtotalMinor <= 0)
    return refuse('not_ready', 'A quote needs a price above zero.', 'lines');
  const taxMinor = Number(roundHalfUp(multiply(rational(subtotalMinor), percent(book.taxPercent))));
  return {
    currency: book.currency,
    lines: lines.map(({ name, quantity, unitMinor, partId }, index) => ({
      partId: partId ?? `line-${index + 1}`,
      name,
      quantity,
      estimate: null,
      unitMinor,
      totalMinor: quantity * unitMinor,
      costMinor: null,
      components: [],
    })),
    subtotalMinor,
    adjustments:
      taxMinor === 0
        ? []
        : [
            {
              code: 'tax',
              label: `Tax ${book.taxPercent} %`,
              amountMinor: taxMinor,
              rule: `${book.taxPercent} % of ${subtotalMinor}, rounded half up`,
            },
          ],
    taxMinor,
    totalMinor: subtotalMinor + taxMinor,
    reviewReasons: [],
    priceBookVersion: book.version,
    engineVersion,
  };
}

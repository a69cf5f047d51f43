import type { PriceInputs } from '../price/order-input.ts';
import type { PriceBook } from '../price/price-book.ts';
import { priceOrder } from '../price/price-order.ts';
import type { Quote } from './quote.ts';

/** A quote with nothing but its price and what it was made of. */
export function quoteMadeOf(book: PriceBook, inputs: PriceInputs): Pick<Quote, 'price' | 'basis'> {
  const price = priceOrder({ ...inputs, priceBook: book });
  if ('refused' in price) throw new Error(`${price.refused.field}: ${price.refused.message}`);
  const { priceBookVersion, engineVersion } = price;
  return { price, basis: { priceBookVersion, engineVersion, fileHashes: {}, inputs } };
}

/** A line of a 20 mm cube. */
export const cubeLine = (
  changes: Partial<PriceInputs['lines'][number]> = {},
): PriceInputs['lines'][number] => ({
  partId: 'part_1',
  name: 'cube.stl',
  geometry: {
    volumeMm3: 8000,
    areaMm2: 2400,
    boundingBoxMm: { min: [0, 0, 0], max: [20, 20, 20], size: [20, 20, 20] },
    verdict: 'fine',
    problems: [],
  },
  materialId: 'pla',
  finishId: 'as-printed',
  quantity: 5,
  making: { process: 'fdm', machineSeconds: 1683, grams: 3.66 },
  estimate: null,
  ...changes,
});

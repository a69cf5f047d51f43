import type { OutOf } from '#contract/route.ts';
import type { getPriceBook } from '#contract/routes/shops.ts';
import type { PriceBook } from '#domain/price/price-book.ts';

export const priceBookView = (book: PriceBook): OutOf<typeof getPriceBook> => ({
  ...book,
  materials: [...book.materials],
  finishes: [...book.finishes],
  quantityBreaks: [...book.quantityBreaks],
});

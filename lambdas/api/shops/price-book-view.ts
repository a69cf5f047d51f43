import type { OutOf } from '#contract/route.ts';
import type { getPriceBook } from '#contract/routes/shops.ts';
import type { PriceBook } from '#domain/price/price-book.ts';

export const priceBookView = (book: PriceBook): OutOf<typeof getPriceBook> => ({
  ...book,
  machines: [...book.machines],
  materials: [...book.materials],
  finishes: [...book.finishes],
  metalFixes: [...book.metalFixes],
  quantityBreaks: [...book.quantityBreaks],
  rushOptions: [...book.rushOptions],
  otherTaxRates: [...book.otherTaxRates],
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PriceBook } from '../price/price-book.ts';
import { seedPriceBook } from '../price/seed-books.ts';
import { cubeLine, quoteMadeOf } from './freeze-for-test.ts';
import type { Quote } from './quote.ts';
import { recompute } from './recompute.ts';

const frozenDir = join(import.meta.dirname, 'frozen');
const frozen = readdirSync(frozenDir).map((name) => ({
  name,
  ...(JSON.parse(readFileSync(join(frozenDir, name), 'utf8')) as {
    book: PriceBook;
    quote: Pick<Quote, 'price' | 'basis'>;
  }),
}));
const book = seedPriceBook('USD', 'print_farm', '2026-05-04');

/** Quotes as they were stored once. When one of them fails, the engine gives old quotes other cents: mend it, never the file. */
describe('old quotes give the same cents for ever', () => {
  it('there are some of every process', () => {
    const processes = frozen.flatMap(({ quote }) =>
      quote.basis.inputs.lines.map(({ making }) => making?.process),
    );
    expect(new Set(processes).size).toBe(6);
  });

  it.each(frozen)('$name', ({ quote, book: thatBook }) => {
    expect(recompute(quote, thatBook)).toMatchObject({
      same: true,
      recomputedTotalMinor: quote.price.totalMinor,
      diff: { added: [], removed: [], changed: [], adjustments: [], totalDeltaMinor: 0 },
    });
  });
});

describe('a recomputation', () => {
  const quote = quoteMadeOf(book, { pricedOn: '2026-05-04', lines: [cubeLine()] });

  it('says what a bent quote is off by', () => {
    const bent = { ...quote, price: { ...quote.price, totalMinor: (quote.price.totalMinor ?? 0) + 1 } };
    expect(recompute(bent, book)).toMatchObject({ same: false, diff: { totalDeltaMinor: -1 } });
  });

  it('is refused with another version of the price book', () => {
    expect(recompute(quote, { ...book, version: 2 })).toMatchObject({ refused: 'invalid' });
  });
});

import { describe, expect, it } from 'vitest';
import { findPriceBookFault } from './book-faults.ts';
import { markupOfMargin, type PriceBook } from './price-book.ts';
import { seedPriceBook, trades } from './seed-books.ts';

const today = '2026-05-04';

describe('the book a shop starts with', () => {
  it.each(trades)('%s: prices can be made with it', (trade) => {
    const book = seedPriceBook('USD', trade, today);
    expect(findPriceBookFault(book)).toBeUndefined();
    expect(book.materials.length).toBeGreaterThan(2);
  });
});

describe('a fault of a book is named by its field', () => {
  const book = seedPriceBook('USD', 'jeweler', today);
  it.each<[string, Partial<PriceBook>]>([
    ['priceBook.taxPercent', { taxPercent: 101 }],
    ['priceBook.leadDays', { leadDays: 1.5 }],
    ['priceBook.infillPercent', { infillFromPercent: 40, infillPercent: 15 }],
    ['priceBook.infillToPercent', { infillToPercent: 101 }],
    ['priceBook.orderMinimumMinor', { orderMinimumMinor: 0.5 }],
    ['priceBook.machines', { machines: [] }],
    ['priceBook.materials', { materials: [...book.materials, book.materials[0]!] }],
    [
      'priceBook.machines.casting.attendancePercent',
      { machines: [{ ...book.machines[0]!, attendancePercent: 120 }] },
    ],
    ['priceBook.metalFixes', { metalFixes: book.metalFixes.filter(({ metal }) => metal !== 'gold') }],
    [
      'priceBook.metalFixes.gold.fixedOn',
      { metalFixes: book.metalFixes.map((fix) => ({ ...fix, fixedOn: 'today' })) },
    ],
    [
      'priceBook.quantityBreaks',
      {
        quantityBreaks: [
          { from: 5, percentOff: 1 },
          { from: 5, percentOff: 2 },
        ],
      },
    ],
    [
      'priceBook.rushOptions.x.percentMore',
      { rushOptions: [{ id: 'x', name: 'X', percentMore: -1, leadDays: 1 }] },
    ],
    ['priceBook.otherTaxRates', { otherTaxRates: [{ id: 'standard', name: 'Twice', percent: 1 }] }],
    ['priceBook.otherTaxRates.high.percent', { otherTaxRates: [{ id: 'high', name: 'High', percent: 101 }] }],
    ['priceBook.shippingTaxRateId', { shippingTaxRateId: 'none' }],
  ])('%s', (field, changes) => {
    expect(findPriceBookFault({ ...book, ...changes })?.field).toBe(field);
  });
});

it('a margin of 30 % of the price is a markup of 42.86 % on cost', () => {
  expect(markupOfMargin(30)).toBeCloseTo(42.857, 3);
  expect(markupOfMargin(50)).toBe(100);
  expect(() => markupOfMargin(100)).toThrow(RangeError);
});

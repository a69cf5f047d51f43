import { describe, expect, it } from 'vitest';
import type { PriceInputs } from '../price/order-input.ts';
import { seedPriceBook } from '../price/seed-books.ts';
import { cubeLine, quoteMadeOf } from './freeze-for-test.ts';
import { diffPrices, isEmptyDiff } from './quote-diff.ts';

const book = { ...seedPriceBook('USD', 'print_farm', '2026-05-04'), orderMinimumMinor: 0, taxPercent: 10 };
const price = (inputs: Partial<PriceInputs>) =>
  quoteMadeOf(book, { pricedOn: '2026-05-04', lines: [cubeLine()], ...inputs }).price;

describe('what a version says differently', () => {
  it('nothing, when nothing changed', () => {
    expect(isEmptyDiff(diffPrices(price({}), price({})))).toBe(true);
  });

  it('names added, removed and changed lines with their figures, and the money between the versions', () => {
    const before = price({ lines: [cubeLine(), cubeLine({ partId: 'part_2', name: 'lid.stl' })] });
    const after = price({
      lines: [cubeLine({ quantity: 6 })],
      extras: [{ id: 'box', label: 'Box', quantity: 1, unitMinor: 500 }],
      discounts: [{ kind: 'amount', label: 'Goodwill', amountMinor: 100 }],
      rushId: 'soon',
    });
    const diff = diffPrices(before, after);
    expect(diff.removed).toMatchObject([{ partId: 'part_2', name: 'lid.stl', quantity: 5 }]);
    expect(diff.added).toMatchObject([{ partId: 'box', totalMinor: 500 }]);
    expect(diff.changed).toMatchObject([
      { partId: 'part_1', before: { quantity: 5 }, after: { quantity: 6 } },
    ]);
    expect(diff.adjustments).toContainEqual({ label: 'Goodwill', beforeMinor: null, afterMinor: -100 });
    expect(diff.adjustments.map(({ label }) => label)).toContain('Tax 10 %');
    expect(diff.leadDays).toEqual({ before: 10, after: 5 });
    expect(diff.totalDeltaMinor).toBe(after.totalMinor! - before.totalMinor!);
  });

  it('a renamed line is changed, not another line', () => {
    const diff = diffPrices(price({}), price({ lines: [cubeLine({ name: 'cube, red' })] }));
    expect(diff).toMatchObject({ added: [], removed: [], changed: [{ after: { name: 'cube, red' } }] });
  });

  it('has no money when one version has none', () => {
    const none = price({ lines: [cubeLine({ making: null })] });
    expect(diffPrices(none, price({})).totalDeltaMinor).toBeNull();
  });
});

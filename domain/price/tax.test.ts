import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceBook } from './price-book.ts';
import type { PriceOrderInput } from './order-input.ts';
import { priceOrder, type PricedOrder } from './price-order.ts';
import { seedPriceBook } from './seed-books.ts';
import { reduceInProportion, taxOf } from './tax.ts';

const pricedOn = '2026-05-04';
const book: PriceBook = {
  ...seedPriceBook('EUR', 'print_farm', pricedOn),
  orderMinimumMinor: 0,
  taxPercent: 19,
  otherTaxRates: [{ id: 'reduced', name: 'Reduced tax', percent: 7 }],
};
const inclusive: PriceBook = { ...book, taxMode: 'inclusive' };
const extra = (id: string, unitMinor: number, taxRateId?: string) => ({
  id,
  label: id,
  quantity: 1,
  unitMinor,
  taxRateId,
});

function priced(input: Partial<PriceOrderInput>): PricedOrder {
  const result = priceOrder({ priceBook: book, lines: [], pricedOn, ...input });
  if ('refused' in result) throw new Error(result.refused.message);
  return result;
}

describe('tax', () => {
  it('exclusive: comes on top, one row per rate, each rounded half up', () => {
    const order = priced({ extras: [extra('a', 1050), extra('b', 950, 'reduced')], shippingMinor: 500 });
    expect(order.taxes).toEqual([
      { rateId: 'standard', name: 'Tax', percent: 19, netMinor: 1550, taxMinor: 295 }, // 294.5
      { rateId: 'reduced', name: 'Reduced tax', percent: 7, netMinor: 950, taxMinor: 67 }, // 66.5
    ]);
    expect(order).toMatchObject({ taxMinor: 362, totalMinor: 2862 });
    expect(order.adjustments.filter(({ code }) => code === 'tax').map(({ label }) => label)).toEqual([
      'Tax 19 %',
      'Reduced tax 7 %',
    ]);
  });

  it('inclusive: the total is the sum of the lines, and net = gross / (1 + rate)', () => {
    const order = priced({ priceBook: inclusive, extras: [extra('a', 11_900), extra('b', 107, 'reduced')] });
    expect(order.taxes).toMatchObject([
      { netMinor: 10_000, taxMinor: 1900 },
      { netMinor: 100, taxMinor: 7 },
    ]);
    expect(order).toMatchObject({ taxMinor: 1907, totalMinor: 12_007, adjustments: [] });
    expect(order.lines[0]).toMatchObject({ marginPercent: 100 });
  });

  it('is rounded per line or per document as the book says', () => {
    const extras = [extra('a', 3), extra('b', 3), extra('c', 3)]; // 0.57 each, 1.71 together
    expect(priced({ extras }).taxMinor).toBe(2);
    expect(priced({ priceBook: { ...book, taxRounding: 'line' }, extras }).taxMinor).toBe(3);
  });

  it('a discount lowers the tax of every rate in proportion', () => {
    const order = priced({
      extras: [extra('a', 3000), extra('b', 1000, 'reduced')],
      discounts: [{ kind: 'percent', label: 'Friends', percent: 10 }],
    });
    expect(order.taxes).toMatchObject([
      { netMinor: 2700, taxMinor: 513 },
      { netMinor: 900, taxMinor: 63 },
    ]);
  });

  it.each<[string, PriceOrderInput['tax'], string | undefined]>([
    [
      'an exemption on its last day',
      { kind: 'exempt', certificate: 'TX-9', expiresOn: pricedOn },
      'Exempt, certificate TX-9',
    ],
    ['an exemption a day later', { kind: 'exempt', certificate: 'TX-9', expiresOn: '2026-05-03' }, undefined],
    [
      'reverse charge',
      { kind: 'reverse_charge', vatId: 'ATU12345678' },
      'Reverse charge: the customer owes the tax (VAT id ATU12345678)',
    ],
    ['an export', { kind: 'export', country: 'CH' }, 'Export to CH'],
  ])('%s', (_, tax, note) => {
    const exclusive = priced({ extras: [extra('a', 10_000)], tax });
    expect(exclusive.taxNote).toBe(note);
    expect(exclusive.totalMinor).toBe(note === undefined ? 11_900 : 10_000);
    const net = priced({ priceBook: inclusive, extras: [extra('a', 11_900)], tax });
    expect(net.totalMinor).toBe(note === undefined ? 11_900 : 10_000);
    expect(net.adjustments.map(({ code, amountMinor }) => [code, amountMinor])).toEqual(
      note === undefined ? [] : [['tax_relief', -1900]],
    );
    expect(exclusive.reviewReasons.map(({ code }) => code)).toEqual(
      note === undefined ? ['exemption_expired'] : [],
    );
  });

  it('shipping has the rate that the book gives it', () => {
    const order = priced({
      priceBook: { ...book, shippingTaxRateId: 'reduced' },
      extras: [extra('a', 100)],
      shippingMinor: 1000,
    });
    expect(order.taxes).toMatchObject([{ taxMinor: 19 }, { taxMinor: 70 }]);
  });
});

describe('for any amounts', () => {
  const amounts = fc.array(
    fc.record({ amountMinor: fc.nat(1e9), rateId: fc.constantFrom('standard', 'reduced') }),
    { minLength: 1, maxLength: 8 },
  );

  it('a net price made gross and taken apart again is the same net price', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(10_000), (netMinor, hundredths) => {
        const rate = { percent: hundredths / 100 };
        const grossMinor = netMinor + taxOf(netMinor, rate, 'exclusive');
        expect(grossMinor - taxOf(grossMinor, rate, 'inclusive')).toBe(netMinor);
      }),
    );
  });

  it('a reduction is taken off to the cent and no amount falls below 0', () => {
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const sum = list.reduce((total, { amountMinor }) => total + amountMinor, 0);
        const off = Math.floor(sum * share);
        const left = reduceInProportion(list, off);
        expect(left.reduce((total, { amountMinor }) => total + amountMinor, 0)).toBe(sum - off);
        for (const { amountMinor } of left) expect(amountMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('what is owed is what the lines, adjustments and taxes say, in every mode, rounding and status', () => {
    fc.assert(
      fc.property(
        amounts,
        fc.constantFrom('inclusive' as const, 'exclusive' as const),
        fc.constantFrom('line' as const, 'document' as const),
        fc.constantFrom<NonNullable<PriceOrderInput['tax']>>(
          { kind: 'taxable' },
          { kind: 'export', country: 'CH' },
        ),
        fc.nat(100),
        (list, taxMode, taxRounding, tax, off) => {
          const order = priced({
            priceBook: { ...book, taxMode, taxRounding },
            extras: list.map(({ amountMinor, rateId }, index) => extra(String(index), amountMinor, rateId)),
            discounts: [{ kind: 'percent', label: 'Off', percent: off }],
            shippingMinor: 1295,
            tax,
          });
          const rows = [
            ...order.lines.map(({ totalMinor }) => totalMinor!),
            ...order.adjustments.map(({ amountMinor }) => amountMinor),
          ];
          expect(rows.reduce((a, b) => a + b, 0)).toBe(order.totalMinor);
          const net = order.taxes.reduce((sum, { netMinor }) => sum + netMinor, 0);
          const owed = order.taxes.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
          expect(owed).toBe(order.taxMinor);
          expect(net + owed).toBe(order.totalMinor);
        },
      ),
    );
  });
});

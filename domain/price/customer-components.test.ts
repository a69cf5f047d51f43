import { expect, it } from 'vitest';
import { customerComponents } from './customer-components.ts';
import type { LineEdit } from './order-input.ts';
import { priceOrder, type PricedOrder } from './price-order.ts';
import { seedPriceBook } from './seed-books.ts';

const pricedOn = '2026-05-04';

function line(edit?: LineEdit): PricedOrder['lines'][number] {
  const order = priceOrder({
    priceBook: seedPriceBook('USD', 'print_farm', pricedOn),
    pricedOn,
    lines: [
      {
        partId: 'p',
        name: 'part',
        geometry: {
          volumeMm3: 8000,
          areaMm2: 2400,
          boundingBoxMm: { min: [0, 0, 0], max: [20, 20, 20], size: [20, 20, 20] },
          verdict: 'fine',
          problems: [],
        },
        materialId: 'pla',
        finishId: 'sanded',
        quantity: 25,
        making: { process: 'fdm', machineSeconds: 3600, grams: 40 },
        estimate: null,
        edit,
      },
    ],
  });
  if ('refused' in order) throw new Error(order.refused.message);
  return order.lines[0]!;
}

it('what a customer sees adds up to their price and shows neither cost, rate nor margin', () => {
  const { components, unitMinor, costMinor } = line();
  const shown = customerComponents(components);
  const sum = shown.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
  expect(Math.abs(sum - unitMinor!)).toBeLessThanOrEqual(0.5);
  expect(shown.map(({ code }) => code)).toEqual([
    'material',
    'machine',
    'energy',
    'setup',
    'post',
    'finish',
    'quantity_break',
  ]);
  expect(shown[0]).toMatchObject({ inputs: { grams: { value: 40, unit: 'g' } } });
  const text = JSON.stringify(shown);
  expect(text).not.toMatch(/rule|minor\/|markup|overhead|Rate|"%"/);
  expect(text).not.toContain(String(costMinor));
});

it('a price that was set by hand shows no parts', () => {
  expect(customerComponents(line({ unitMinor: 900 }).components)).toEqual([]);
});

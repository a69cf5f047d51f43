import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Making, MakingFor } from './making.ts';
import type { PriceBook } from './price-book.ts';
import type { PriceOrderInput } from './order-input.ts';
import { priceOrder, type PricedOrder } from './price-order.ts';
import { seedPriceBook, type Trade } from './seed-books.ts';

const pricedOn = '2026-05-04';
const geometry: PriceOrderInput['lines'][number]['geometry'] = {
  volumeMm3: 8000,
  areaMm2: 2400,
  boundingBoxMm: { min: [0, 0, 0], max: [20, 20, 20], size: [20, 20, 20] },
  verdict: 'fine',
  problems: [],
};

/** A book without the percentages that hide what a step is made of. */
function bare(trade: Trade): PriceBook {
  const book = seedPriceBook('USD', trade, pricedOn);
  return {
    ...book,
    overheadPercent: 0,
    markupPercent: 0,
    partMinimumMinor: 0,
    orderMinimumMinor: 0,
    machines: book.machines.map((machine) => ({ ...machine, failurePercent: 0 })),
  };
}

function priced(
  priceBook: PriceBook,
  materialId: string,
  making: Making,
  quantity = 1,
  more: Partial<PriceOrderInput> = {},
): PricedOrder {
  const finishId = priceBook.finishes[0]?.id ?? '';
  const result = priceOrder({
    priceBook,
    pricedOn,
    lines: [{ partId: 'p', name: 'part', geometry, materialId, finishId, quantity, making, estimate: null }],
    ...more,
  });
  if ('refused' in result) throw new Error(`${result.refused.field}: ${result.refused.message}`);
  return result;
}

const steps = (order: PricedOrder) =>
  Object.fromEntries(
    order.lines[0]!.components.filter(({ amountMinor }) => amountMinor !== '0').map(
      ({ code, amountMinor }) => [code, amountMinor],
    ),
  );

const ring: MakingFor<'casting'> = {
  process: 'casting',
  machineSeconds: 7200,
  metalGrams: 6.22069536,
  waxMillilitres: 0,
  waxMinorPerLitre: 0,
  stones: [],
  hallmarkMinor: 0,
};

describe('what a process costs, by hand', () => {
  it('filament: grams and hours', () => {
    const order = priced(bare('print_farm'), 'pla', { process: 'fdm', machineSeconds: 7200, grams: 50 });
    expect(steps(order)).toEqual({
      material: '100', // 50 g at 20.00 per kg
      machine: '500', // 2 h at 2.50
      energy: '6', // 2 h x 0.15 kW x 0.20
      setup: '500', // 10 min at 30.00 per hour
      post: '150', // 3 min
    });
    expect(order.totalMinor).toBe(1256);
  });

  it('resin: millilitres, wear of the tray by the hour, washing and curing as labor', () => {
    const order = priced(bare('resin_studio'), 'tough-resin', {
      process: 'resin',
      machineSeconds: 5400,
      millilitres: 25,
      layers: 600,
      washCureMinutes: 7,
    });
    expect(steps(order)).toEqual({
      material: '300', // 25 ml at 120.00 per litre
      machine: '600', // 1.5 h at 4.00
      consumables: '45', // 1.5 h at 0.30
      energy: '3', // 1.5 h x 0.1 kW x 0.20
      setup: '500',
      post: '600', // 5 + 7 min
    });
    expect(order.adjustments[0]).toMatchObject({ code: 'startup', amountMinor: 300 });
  });

  it('powder: the sintered grams, the powder that is refreshed, and the share of the chamber', () => {
    const order = priced(
      bare('resin_studio'),
      'pa12',
      { process: 'powder', machineSeconds: 864, grams: 20, refreshGrams: 30, chamberShare: 0.012 },
      4,
    );
    expect(steps(order)).toEqual({
      material: '400', // 50 g at 80.00 per kg
      machine: '360', // 0.24 h at 15.00
      energy: '12', // 0.24 h x 2.5 kW x 0.20
      setup: '250', // 20 min / 4
      post: '200',
    });
    expect(order.lines[0]!.components[0]!.inputs['chamberShare']).toEqual({ value: 1.2, unit: '%' });
  });

  it('laser: cut length by feed, pierces, engraved area by rate, share of the sheet', () => {
    const order = priced(bare('laser_shop'), 'acrylic-3', {
      process: 'laser',
      cutMm: 1500,
      pierces: 12,
      engravedMm2: 2000,
      sheetShare: 0.25,
      handlingSeconds: 24,
    });
    // 1500 / 15 + 12 x 0.5 + 2000 / 40 + 24 = 180 s
    expect(steps(order)).toEqual({
      material: '225', // a quarter of 9.00
      machine: '100', // 0.05 h at 20.00
      consumables: '5',
      energy: '1.2',
      setup: '400', // 8 min
      labor: '37.5', // a quarter of 0.05 h at 30.00
      post: '50',
    });
    expect(order.lines[0]!.components[1]!.rule).toBe(
      '(1500 mm / 15 mm/s + 12 x 0.5 s + 2000 mm2 / 40 mm2/s + 24 s = 180 s) / 3600 x 20.00 USD per hour on Laser cutter',
    );
  });

  it('CNC: stock by weight, removed volume by rate, tool changes, every setup, programming once', () => {
    const making: Making = {
      process: 'cnc',
      stockGrams: 270,
      removedMm3: 60_000,
      setups: 2,
      toolChanges: 3,
    };
    const order = priced(bare('cnc_shop'), 'al-6061', making, 10);
    // 60 000 / 500 + 3 x 20 = 180 s
    expect(steps(order)).toEqual({
      material: '216', // 270 g at 8.00 per kg
      machine: '225', // 0.05 h at 45.00
      consumables: '15',
      energy: '4', // 0.05 h x 4 kW x 0.20
      setup: '300', // 2 x 30 min / 10
      programming: '300', // 60 min / 10
      labor: '45', // 30 % of 0.05 h at 30.00
      post: '250',
      quantity_break: '-67.75', // 5 % of 1355
    });
    expect(
      priced(bare('cnc_shop'), 'al-6061', { ...making, machineSeconds: 360 }, 10).lines[0],
    ).toMatchObject({
      components: expect.arrayContaining([
        expect.objectContaining({ code: 'machine', amountMinor: '450' }),
      ]) as unknown,
    });
  });

  it('casting: fine metal at the fix, the caster’s margin, wax, stones with setting, hallmark', () => {
    const order = priced(bare('jeweler'), 'gold-18y', {
      ...ring,
      waxMillilitres: 4,
      waxMinorPerLitre: 25_000,
      stones: [
        { name: 'diamond 1.5 mm', count: 6, minorEach: 1200, settingMinorEach: 800 },
        { name: 'sapphire of the customer', count: 1, minorEach: 0, settingMinorEach: 4500 },
      ],
      hallmarkMinor: 900,
    });
    expect(steps(order)).toEqual({
      material: '49500', // 0.2 ozt x 3000.00 x 75 % x 1.1
      consumables: '500', // wax and the investment are two steps of one code
      stones: '16500', // 6 x 20.00 + 45.00
      hallmark: '900',
      machine: '1200', // 2 h at 6.00
      energy: '20', // 2 h x 0.5 kW x 0.20
      setup: '1000', // 20 min
      programming: '6000', // 120 min
      post: '3000', // 60 min
      finish: '1500',
    });
    const consumables = order.lines[0]!.components.filter(({ code }) => code === 'consumables');
    expect(consumables.map(({ label, amountMinor }) => [label, amountMinor])).toEqual([
      ['Wax', '100'],
      ['Consumables', '500'],
    ]);
    expect(order.lines[0]!.components[0]!.rule).toBe(
      '6.22069536 g / 31.1034768 x 3000.00 USD per troy ounce of gold (2026-05-04) x 75 % x (1 + 10 %)',
    );
  });

  it('scrap is credited at the fix, not marked up, and never more than the goods', () => {
    const scrap = [{ materialId: 'gold-14y', grams: 3.11034768, payoutPercent: 90 }];
    const order = priced(bare('jeweler'), 'gold-18y', ring, 1, { scrap });
    // 0.1 ozt x 3000.00 x 58.5 % x 90 %
    expect(order.adjustments).toContainEqual(
      expect.objectContaining({ code: 'scrap_credit', amountMinor: -15_795 }),
    );
    const much = [{ materialId: 'gold-14y', grams: 500, payoutPercent: 90 }];
    expect(() => priced(bare('jeweler'), 'silver-925', ring, 1, { scrap: much })).toThrow(/more than the/);
  });

  it('a price of metal that is too old wants a look', () => {
    const codes = (on: string) =>
      priced(bare('jeweler'), 'gold-18y', ring, 1, { pricedOn: on }).reviewReasons.map(({ code }) => code);
    expect(codes('2026-05-07')).toEqual([]);
    expect(codes('2026-05-08')).toEqual(['old_metal_price']);
  });
});

describe('what somebody decides about a line', () => {
  const base = bare('print_farm');
  const making: Making = { process: 'fdm', machineSeconds: 7200, grams: 50 };
  const edited = (edit: PriceOrderInput['lines'][number]['edit'], quantity = 10) =>
    priced(base, 'pla', making, quantity, {
      lines: [
        {
          partId: 'p',
          name: 'part',
          geometry,
          materialId: 'pla',
          finishId: 'as-printed',
          quantity,
          making,
          estimate: null,
          edit,
        },
      ],
    });

  it('a unit price of their own is kept to the cent and shown as a step from the computed one', () => {
    const { lines } = edited({ unitMinor: 777, label: 'Bracket, red' });
    expect(lines[0]).toMatchObject({ name: 'Bracket, red', unitMinor: 777, totalMinor: 7770 });
    expect(lines[0]!.components.at(-1)).toMatchObject({ code: 'edit', label: 'Price set by hand' });
    const sum = lines[0]!.components.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
    expect(sum).toBeCloseTo(777, 4);
    expect(lines[0]!.costMinor).toBe(edited({}).lines[0]!.costMinor);
  });

  it('a quantity break of their own replaces the table', () => {
    const unit = 756 + 50; // material, machine, energy and post, and a tenth of the setup
    expect(edited({ breakPercent: 50 }).lines[0]).toMatchObject({ totalMinor: unit * 5 });
    expect(edited({ breakPercent: 0 }).lines[0]).toMatchObject({ totalMinor: unit * 10 });
  });

  it('prices a part that nothing computes', () => {
    const order = priced(base, 'pla', making, 1, {
      lines: [
        {
          partId: 'p',
          name: 'part',
          geometry,
          materialId: 'pla',
          finishId: 'as-printed',
          quantity: 3,
          making: null,
          estimate: null,
          edit: { unitMinor: 1000 },
        },
      ],
      extras: [{ id: 'box', label: 'Box', quantity: 2, unitMinor: 250, costMinor: 100 }],
    });
    expect(order.lines.map(({ kind, totalMinor, costMinor }) => [kind, totalMinor, costMinor])).toEqual([
      ['part', 3000, 0],
      ['extra', 500, 100],
    ]);
    expect(order).toMatchObject({ totalMinor: 3500, reviewReasons: [] });
  });

  it('rush multiplies the line and shortens the lead time', () => {
    const plain = priced(base, 'pla', making, 4);
    const rush = priced(base, 'pla', making, 4, { rushId: 'rush' });
    expect(rush.totalMinor).toBe(Math.round(plain.totalMinor! * 1.5));
    expect([plain.leadDays, rush.leadDays]).toEqual([10, 3]);
    expect(rush.lines[0]!.components.at(-1)).toMatchObject({ code: 'rush', label: 'Rush' });
  });
});

describe('for any making of any process', () => {
  const amount = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => Math.round(value * 100) / 100);
  const count = fc.nat(50);
  const minor = fc.nat(100_000);
  const makings: [Trade, string, fc.Arbitrary<Making>][] = [
    [
      'print_farm',
      'pla',
      fc.record({ process: fc.constant('fdm' as const), machineSeconds: amount, grams: amount }),
    ],
    [
      'resin_studio',
      'standard-resin',
      fc.record({
        process: fc.constant('resin' as const),
        machineSeconds: amount,
        millilitres: amount,
        layers: count,
        washCureMinutes: count,
      }),
    ],
    [
      'resin_studio',
      'pa12',
      fc.record({
        process: fc.constant('powder' as const),
        machineSeconds: amount,
        grams: amount,
        refreshGrams: amount,
        chamberShare: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    ],
    [
      'laser_shop',
      'mdf-3',
      fc.record({
        process: fc.constant('laser' as const),
        cutMm: amount,
        pierces: count,
        engravedMm2: amount,
        sheetShare: fc.double({ min: 0, max: 3, noNaN: true }),
        handlingSeconds: count,
      }),
    ],
    [
      'cnc_shop',
      'brass',
      fc.record({
        process: fc.constant('cnc' as const),
        stockGrams: amount,
        removedMm3: amount,
        setups: count,
        toolChanges: count,
      }),
    ],
    [
      'jeweler',
      'gold-14w',
      fc.record({
        process: fc.constant('casting' as const),
        machineSeconds: amount,
        metalGrams: amount,
        waxMillilitres: amount,
        waxMinorPerLitre: minor,
        stones: fc.array(
          fc.record({ name: fc.constant('stone'), count, minorEach: minor, settingMinorEach: minor }),
          { maxLength: 3 },
        ),
        hallmarkMinor: minor,
      }),
    ],
  ];
  it.each(makings)(
    '%s, %s: no cent is lost, more pieces never cost less, nothing is NaN',
    (trade, materialId, arbitrary) => {
      const book = seedPriceBook('USD', trade, pricedOn);
      fc.assert(
        fc.property(arbitrary, fc.integer({ min: 1, max: 200 }), fc.nat(50), (making, quantity, more) => {
          const order = priced(book, materialId, making, quantity);
          expect(JSON.parse(JSON.stringify(order))).toEqual(order);
          const sum = [
            ...order.lines.map(({ totalMinor }) => totalMinor!),
            ...order.adjustments.map(({ amountMinor }) => amountMinor),
          ].reduce((a, b) => a + b, 0);
          expect(sum).toBe(order.totalMinor);
          expect(priced(book, materialId, making, quantity + more).totalMinor).toBeGreaterThanOrEqual(
            order.totalMinor!,
          );
        }),
        { numRuns: 40 },
      );
    },
  );
});

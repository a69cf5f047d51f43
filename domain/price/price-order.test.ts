import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeshReport } from '#domain/geometry/report.ts';
import { estimateByBook } from './estimate-by-book.ts';
import type { PriceBook } from './price-book.ts';
import type { OrderLineInput, PriceOrderInput } from './order-input.ts';
import { priceOrder, type PricedOrder } from './price-order.ts';
import { seedPriceBook } from './seed-books.ts';

function cube(size: number, changes: Partial<OrderLineInput['geometry']> = {}): OrderLineInput['geometry'] {
  return {
    volumeMm3: size ** 3,
    areaMm2: 6 * size ** 2,
    boundingBoxMm: { min: [0, 0, 0], max: [size, size, size], size: [size, size, size] },
    verdict: 'fine',
    problems: [],
    ...changes,
  };
}

const pricedOn = '2026-05-04';
const book = seedPriceBook('USD', 'print_farm', pricedOn);
const printer = book.machines[0]!;
const onPrinter = (changes: Partial<typeof printer>): Pick<PriceBook, 'machines'> => ({
  machines: [{ ...printer, ...changes }],
});

function line(changes: Partial<OrderLineInput> = {}): OrderLineInput {
  const { geometry = cube(20), materialId = 'pla' } = changes;
  const material = book.materials.find(({ id }) => id === materialId) ?? book.materials[0]!;
  const estimate =
    geometry.verdict === 'refused' ? undefined : estimateByBook(book, material.densityGPerCm3, geometry);
  return {
    partId: 'prt_1',
    name: 'cube.stl',
    geometry,
    materialId,
    finishId: 'as-printed',
    quantity: 1,
    making: estimate
      ? { process: 'fdm', machineSeconds: estimate.printSeconds, grams: estimate.materialGrams }
      : null,
    estimate: estimate ?? null,
    ...changes,
  };
}

function priced(input: Partial<PriceOrderInput> = {}): PricedOrder {
  const result = priceOrder({ priceBook: book, lines: [line()], pricedOn, ...input });
  if ('refused' in result) throw new Error(result.refused.message);
  return result;
}

const pla = book.materials[0]!;
if (pla.process !== 'fdm') throw new Error('The first material of a print farm is a filament');

const typed = { process: 'fdm' as const, machineSeconds: 3600, grams: 10 };

const componentsOf = (order: PricedOrder) =>
  Object.fromEntries(order.lines[0]!.components.map((step) => [step.code, step.amountMinor]));
const reasonsOf = (order: PricedOrder) => order.reviewReasons.map(({ code }) => code);

describe('the price of a line', () => {
  it('is what a shop owner gets by hand, step by step', () => {
    // 3.66 g and 1683 s, see the estimate's own test.
    const order = priced({ lines: [line({ quantity: 10, materialId: 'pla' })] });
    expect(componentsOf(order)).toEqual({
      material: '7.32', // 3.66 / 1000 x 2000
      machine: '116.875', // 1683 / 3600 x 250
      energy: '1.4025', // 1683 / 3600 x 0.15 x 20
      setup: '50', // 10 / 60 x 3000 / 10
      post: '150', // 3 / 60 x 3000
      finish: '0',
      failure: '16.279875', // 5 % of 325.5975
      overhead: '51.281606', // 15 % of 341.877375
      markup: '157.263593', // 40 % of 393.15898125
      quantity_break: '-27.521129', // 5 % of 550.42257375
    });
    expect(order.lines[0]).toMatchObject({
      unitMinor: 523,
      totalMinor: 5229,
      costMinor: 3932,
      marginPercent: 24.8,
    });
    expect(order.lines[0]!.components[1]).toMatchObject({
      label: 'Machine time',
      rule: '1683 s / 3600 x 2.50 USD per hour on Printer',
      inputs: { machineTime: { value: 1683, unit: 's' }, machineRate: { value: 250, unit: 'minor/h' } },
    });
  });

  it('tells margin from markup: 40 % on cost are 28.57 % of the price', () => {
    expect(priced().lines[0]!.marginPercent).toBeCloseTo(28.57, 1);
  });

  it('is at least the part minimum', () => {
    const order = priced({ priceBook: { ...book, partMinimumMinor: 5000 } });
    expect(order.lines[0]!.unitMinor).toBe(5000);
    expect(order.lines[0]!.components.map(({ code }) => code)).toContain('part_minimum');
  });

  it('adds a finish per part and by percent', () => {
    // 600 + 10 % of 7.32 + 116.875 + 1.4025
    expect(componentsOf(priced({ lines: [line({ finishId: 'sanded' })] }))['finish']).toBe('612.55975');
  });

  it('rounds a half cent up, once for the whole line', () => {
    const bare: PriceBook = {
      ...book,
      ...onPrinter({ minorPerHour: 0, powerKw: 0, failurePercent: 0 }),
      laborRateMinorPerHour: 0,
      overheadPercent: 0,
      markupPercent: 0,
      partMinimumMinor: 0,
      orderMinimumMinor: 0,
      quantityBreaks: [],
      finishes: [{ id: 'as-printed', name: 'As printed', minorPerPart: 0, percent: 0 }],
      materials: [{ ...pla, pricePerKgMinor: 125_000 }],
    };
    // 3.66 g x 125 per g = 457.5 per part
    expect(priced({ priceBook: bare }).lines[0]!.totalMinor).toBe(458);
    expect(priced({ priceBook: bare, lines: [line({ quantity: 3 })] }).lines[0]).toMatchObject({
      unitMinor: 458,
      totalMinor: 1373,
    });
  });
});

describe('the price of an order', () => {
  it('adds startup once per material, shipping, discount and tax', () => {
    const order = priced({
      priceBook: { ...book, taxPercent: 8.25 },
      lines: [
        line({ materialId: 'abs', quantity: 5 }),
        line({ partId: 'prt_2', materialId: 'abs', quantity: 5 }),
        line({ partId: 'prt_3' }),
      ],
      shippingMinor: 900,
      discounts: [{ kind: 'amount', label: 'Discount', amountMinor: 100 }],
    });
    expect(order.adjustments.map(({ code }) => code)).toEqual(['startup', 'discount', 'shipping', 'tax']);
    expect(order.adjustments[0]).toMatchObject({ amountMinor: 200, label: 'Startup: ABS' });
    expect(order.taxMinor).toBe(Math.floor(((order.totalMinor! - order.taxMinor!) * 825) / 10_000 + 0.5));
  });

  it('is at least the order minimum, before discount and shipping', () => {
    const order = priced({ shippingMinor: 500 });
    expect(order.subtotalMinor).toBeLessThan(1500);
    expect(order.totalMinor).toBe(2000);
    expect(order.adjustments[0]).toMatchObject({
      code: 'order_minimum',
      rule: `raised to 15.00 USD from ${(order.subtotalMinor! / 100).toFixed(2)} USD`,
    });
  });

  it('keeps its cents: the same input gives this total in every release with this engine version', () => {
    const order = priced({
      priceBook: { ...book, taxPercent: 8.25 },
      lines: [
        line({ quantity: 7, finishId: 'primed', materialId: 'tpu' }),
        line({ partId: 'prt_2', geometry: cube(63.5), quantity: 120 }),
      ],
      shippingMinor: 1295,
    });
    expect({ totalMinor: order.totalMinor, engineVersion: order.engineVersion }).toMatchInlineSnapshot(`
      {
        "engineVersion": "2",
        "totalMinor": 345085,
      }
    `);
  });
});

describe('review gates', () => {
  const problem = (code: 'units_doubt' | 'truncated', severity: 'warning' | 'refusal') => [
    { code, severity, message: 'Look at this.' },
  ];

  it.each<[string, string[], Partial<OrderLineInput['geometry']>]>([
    ['a part of no volume', ['no_price'], { volumeMm3: 0 }],
    ['a part of negative volume', ['no_price'], { volumeMm3: -8000 }],
    ['a volume that is no number', ['no_price'], { volumeMm3: Number.NaN }],
    ['an endless volume', ['no_price'], { volumeMm3: Infinity }],
    ['a refused file', ['file_refused'], { verdict: 'refused', problems: problem('truncated', 'refusal') }],
  ])('%s gets no price and is looked at', (_, codes, changes) => {
    const order = priced({ lines: [line({ geometry: cube(20, changes) }), line({ partId: 'prt_2' })] });
    expect(reasonsOf(order)).toEqual(codes);
    expect(order).toMatchObject({ totalMinor: null, subtotalMinor: null, taxMinor: null });
    expect(order.lines[0]).toMatchObject({ unitMinor: null, totalMinor: null });
    expect(order.lines[1]!.totalMinor).toBeGreaterThan(0);
  });

  it.each<[string, string[], Partial<PriceOrderInput>]>([
    ['nothing special', [], {}],
    [
      'a file that needs repair',
      ['needs_repair'],
      { lines: [line({ geometry: cube(20, { verdict: 'needs_repair' }) })] },
    ],
    [
      'a doubtful unit',
      ['units_doubt'],
      {
        lines: [
          line({ geometry: cube(20, { verdict: 'warning', problems: problem('units_doubt', 'warning') }) }),
        ],
      },
    ],
    ['an unreliable estimate', ['estimate_unreliable'], { lines: [line({ geometry: cube(3) })] }],
    [
      'a part too big for every machine',
      ['too_big'],
      { machines: [{ name: 'Mini', process: 'fdm', volumeMm: [180, 19, 180] }] },
    ],
    [
      'a part that fits one of them',
      [],
      {
        machines: [
          { name: 'A', process: 'fdm', volumeMm: [1, 1, 1] },
          { name: 'B', process: 'fdm', volumeMm: [20, 20, 20] },
        ],
      },
    ],
    ['a total above the threshold', ['above_threshold'], { priceBook: { ...book, reviewAboveMinor: 1499 } }],
    ['a total at the threshold', [], { priceBook: { ...book, reviewAboveMinor: 1500 } }],
  ])('%s: %j', (_, codes, input) => {
    const order = priced(input);
    expect(reasonsOf(order)).toEqual(codes);
    expect(order.totalMinor).toBeGreaterThan(0);
  });

  it('fits a part turned along its axes', () => {
    const size: [number, number, number] = [200, 20, 20];
    const geometry = cube(20, { boundingBoxMm: { min: [0, 0, 0], max: size, size } });
    expect(
      reasonsOf(
        priced({
          lines: [line({ geometry })],
          machines: [{ name: 'Tall', process: 'fdm', volumeMm: [50, 50, 210] }],
        }),
      ),
    ).toEqual([]);
  });
});

describe('refusals', () => {
  it.each<[string, Partial<PriceOrderInput>]>([
    ['lines', { lines: [] }],
    ['lines.0.materialId', { lines: [line({ materialId: 'gold' })] }],
    ['lines.0.finishId', { lines: [line({ finishId: 'chromed' })] }],
    ['lines.0.quantity', { lines: [line({ quantity: 0 })] }],
    ['lines.1.quantity', { lines: [line(), line({ quantity: 1.5 })] }],
    ['lines.0.quantity', { lines: [line({ quantity: 10_001 })] }],
    ['lines.0.quantity', { lines: [line({ quantity: Number.NaN })] }],
    ['shippingMinor', { shippingMinor: -1 }],
    ['pricedOn', { pricedOn: '2026-02-30' }],
    ['rushId', { rushId: 'yesterday' }],
    ['lines.0.machineId', { lines: [line({ machineId: 'mill' })] }],
    ['lines.0.edit.unitMinor', { lines: [line({ edit: { unitMinor: 0.5 } })] }],
    ['lines.0.edit.breakPercent', { lines: [line({ edit: { breakPercent: 101 } })] }],
    ['lines.0.taxRateId', { lines: [line({ edit: { taxRateId: 'books' } })] }],
    ['lines.0.making.grams', { lines: [line({ making: { ...typed, grams: -1 }, estimate: null })] }],
    [
      'lines.0.making.process',
      {
        lines: [
          line({ making: { ...typed, process: 'powder', refreshGrams: 0, chamberShare: 0 }, estimate: null }),
        ],
      },
    ],
    ['extras.0.unitMinor', { extras: [{ id: 'x', label: 'X', quantity: 1, unitMinor: -1 }] }],
    ['extras.0.quantity', { extras: [{ id: 'x', label: 'X', quantity: 0, unitMinor: 1 }] }],
    ['discounts.0.amountMinor', { discounts: [{ kind: 'amount', label: 'D', amountMinor: 0.5 }] }],
    ['discounts.0.percent', { discounts: [{ kind: 'percent', label: 'D', percent: 101 }] }],
    ['discounts', { discounts: [{ kind: 'amount', label: 'D', amountMinor: 1501 }] }],
    ['scrap.0.materialId', { scrap: [{ materialId: 'pla', grams: 1, payoutPercent: 90 }] }],
    ['tax.expiresOn', { tax: { kind: 'exempt', certificate: 'C', expiresOn: 'soon' } }],
    ['priceBook.markupPercent', { priceBook: { ...book, markupPercent: Number.NaN } }],
    [
      'priceBook.machines.printer.minorPerHour',
      { priceBook: { ...book, ...onPrinter({ minorPerHour: 2.5 }) } },
    ],
    [
      'priceBook.materials.pla.densityGPerCm3',
      { priceBook: { ...book, materials: [{ ...pla, densityGPerCm3: 0 }] } },
    ],
  ])('names the field: %s', (field, input) => {
    expect(priceOrder({ priceBook: book, lines: [line()], pricedOn, ...input })).toMatchObject({
      refused: { field },
    });
  });
});

describe('for any order', () => {
  const upTo = (most: number) =>
    fc.integer({ min: 0, max: most * 100 }).map((hundredths) => hundredths / 100);
  const percentage = upTo(100);
  const amount = fc.integer({ min: 0, max: 50_000 });
  const books: fc.Arbitrary<PriceBook> = fc
    .record({
      machine: fc.record({
        minorPerHour: amount,
        setupMinutes: upTo(200),
        programmingMinutes: upTo(200),
        attendancePercent: percentage,
        consumablesMinorPerHour: amount,
        consumablesMinorPerPart: amount,
        failurePercent: percentage,
      }),
      laborRateMinorPerHour: amount,
      taxMode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
      taxRounding: fc.constantFrom('line' as const, 'document' as const),
      overheadPercent: percentage,
      markupPercent: upTo(400),
      partMinimumMinor: fc.integer({ min: 1, max: 50_000 }),
      orderMinimumMinor: amount,
      taxPercent: percentage,
      quantityBreaks: fc.uniqueArray(
        fc.record({
          from: fc.integer({ min: 1, max: 200 }),
          percentOff: upTo(99),
        }),
        {
          maxLength: 5,
          selector: ({ from }) => from,
        },
      ),
    })
    .map(({ machine, ...changes }) => ({ ...book, ...changes, ...onPrinter(machine) }));
  const lines = fc.array(
    fc
      .record({
        size: fc.double({ min: 0.1, max: 500, noNaN: true }),
        materialId: fc.constantFrom(...book.materials.map(({ id }) => id)),
        finishId: fc.constantFrom(...book.finishes.map(({ id }) => id)),
        quantity: fc.integer({ min: 1, max: 300 }),
      })
      .map(({ size, ...rest }) => line({ ...rest, geometry: cube(size) })),
    { minLength: 1, maxLength: 4 },
  );

  it('lines and adjustments add up to the total, and components to each line', () => {
    fc.assert(
      fc.property(books, lines, amount, (priceBook, orderLines, shippingMinor) => {
        const order = priced({ priceBook, lines: orderLines, shippingMinor });
        const sum = [
          ...order.lines.map(({ totalMinor }) => totalMinor!),
          ...order.adjustments.map(({ amountMinor }) => amountMinor),
        ];
        expect(sum.reduce((a, b) => a + b, 0)).toBe(order.totalMinor);
        for (const { components, quantity, totalMinor } of order.lines) {
          const unit = components.reduce((total, { amountMinor }) => total + Number(amountMinor), 0);
          expect(Math.abs(unit * quantity - totalMinor!)).toBeLessThanOrEqual(0.51 + quantity * 1e-5);
        }
      }),
    );
  });

  it('more pieces never cost less, whatever the breaks', () => {
    fc.assert(
      fc.property(books, lines, fc.nat(50), (priceBook, orderLines, more) => {
        const larger = orderLines.map((each, index) =>
          index === 0 ? { ...each, quantity: each.quantity + more } : each,
        );
        expect(priced({ priceBook, lines: larger }).totalMinor).toBeGreaterThanOrEqual(
          priced({ priceBook, lines: orderLines }).totalMinor!,
        );
      }),
    );
  });

  it('recomputing gives the same cents, also from stored JSON', () => {
    fc.assert(
      fc.property(books, lines, (priceBook, orderLines) => {
        const stored = JSON.parse(
          JSON.stringify({ priceBook, lines: orderLines, pricedOn }),
        ) as PriceOrderInput;
        expect(priceOrder(stored)).toEqual(priced({ priceBook, lines: orderLines }));
      }),
    );
  });

  it('no number of a result is NaN or infinite, and no price is 0 or less, for any geometry', () => {
    const any = fc.double();
    fc.assert(
      fc.property(any, any, any, (volumeMm3, areaMm2, height) => {
        const size: MeshReport['boundingBoxMm']['size'] = [10, 10, height];
        const geometry = cube(20, { volumeMm3, areaMm2, boundingBoxMm: { min: [0, 0, 0], max: size, size } });
        const order = priced({ lines: [line({ geometry })] });
        expect(JSON.parse(JSON.stringify(order))).toEqual(order);
        if (order.totalMinor === null) expect(order.reviewReasons).not.toEqual([]);
        else expect(order.totalMinor).toBeGreaterThan(0);
      }),
    );
  });
});

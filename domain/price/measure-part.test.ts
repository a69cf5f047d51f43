import { describe, expect, it, test } from 'vitest';
import { emptyBox, type DrawingReport, type MeshReport } from '#domain/geometry/report.ts';
import { findMakingFault } from './making.ts';
import { measurePart } from './measure-part.ts';
import type { PriceBook } from './price-book.ts';
import { seedPriceBook, type Trade } from './seed-books.ts';
import { firstUsualMaking, type UsualMaking } from './usual-making.ts';

/** A 20 mm cube. */
const mesh = {
  kind: 'mesh',
  verdict: 'fine',
  problems: [],
  volumeMm3: 8000,
  areaMm2: 2400,
  boundingBoxMm: { min: [0, 0, 0], max: [20, 20, 20], size: [20, 20, 20] },
} as unknown as MeshReport;

/** A plate of 120 x 100 mm with four holes. */
const drawing = {
  kind: 'drawing',
  verdict: 'fine',
  problems: [],
  boundingBoxMm: { ...emptyBox, size: [120, 100, 0] },
  cutLengthMm: 600,
  pierces: 5,
  engravedAreaMm2: 80,
} as unknown as DrawingReport;

const bookOf = (trade: Trade): PriceBook => seedPriceBook('USD', trade, '2026-05-04');
function measured(trade: Trade, materialId: string, report: MeshReport | DrawingReport) {
  const book = bookOf(trade);
  const material = book.materials.find(({ id }) => id === materialId);
  if (!material) throw new Error(`No ${materialId}`);
  return measurePart(report, material, book);
}

test('every process but filament goes by what the shop says is usual; old books by the first values', () => {
  const making = (trade: Trade, materialId: string, usualMaking?: UsualMaking) => {
    const { usualMaking: _, ...old } = bookOf(trade);
    const book: PriceBook = usualMaking ? { ...old, usualMaking } : old;
    const material = book.materials.find(({ id }) => id === materialId)!;
    return measurePart(material.process === 'laser' ? drawing : mesh, material, book).making;
  };
  const { resin, powder, laser, cnc, casting } = firstUsualMaking;
  const mine: UsualMaking = {
    resin: { ...resin, layerMm: 0.1, washCureMinutes: 12 },
    powder: { ...powder, coolDownSeconds: 0 },
    laser: { ...laser, secondsPerSheet: 60 },
    cnc: { ...cnc, setups: 1 },
    casting: { ...casting, lossPercent: 0, hallmarkMinor: 500 },
  };
  expect(making('resin_studio', 'standard-resin', mine)).toMatchObject({ layers: 200, washCureMinutes: 12 });
  expect(making('cnc_shop', 'al-6061', mine)).toMatchObject({ setups: 1 });
  expect(making('jeweler', 'silver-925', mine)).toMatchObject({ metalGrams: 82.88, hallmarkMinor: 500 });
  for (const [trade, materialId] of [
    ['resin_studio', 'standard-resin'],
    ['resin_studio', 'pa12'],
    ['laser_shop', 'birch-4'],
    ['cnc_shop', 'al-6061'],
    ['jeweler', 'silver-925'],
  ] as const) {
    expect(making(trade, materialId)).toEqual(making(trade, materialId, firstUsualMaking));
    expect(making(trade, materialId, mine)).not.toEqual(making(trade, materialId));
  }
});

describe('what a piece takes by its file', () => {
  it('filament: an estimate with its grams and seconds', () => {
    const { making, estimate } = measured('print_farm', 'pla', mesh);
    expect(making).toEqual({ process: 'fdm', machineSeconds: 1683, grams: 3.66 });
    expect(estimate).toMatchObject({ printSeconds: 1683 });
  });

  it('resin: volume with supports, and layers', () => {
    expect(measured('resin_studio', 'standard-resin', mesh).making).toEqual({
      process: 'resin',
      machineSeconds: 3310, // 5 x 30 s + 395 x 8 s
      millilitres: 9.6,
      layers: 400,
      washCureMinutes: 0,
    });
  });

  it('powder: what is sintered, and the share of the chamber with its gap', () => {
    const { making } = measured('resin_studio', 'pa12', mesh);
    expect(making).toMatchObject({ process: 'powder', grams: 8.08 });
    // (20 + 5)^3 of 165 x 165 x 300
    expect(making).toMatchObject({ chamberShare: Number((15_625 / 8_167_500).toFixed(6)) });
  });

  it('laser: length, pierces and area of the drawing, and its box at the usual yield', () => {
    expect(measured('laser_shop', 'mdf-3', drawing).making).toEqual({
      process: 'laser',
      cutMm: 600,
      pierces: 5,
      engravedMm2: 80,
      sheetShare: 0.066667, // 12 000 / (240 000 x 75 %)
      handlingSeconds: 8,
    });
    expect(measured('laser_shop', 'mdf-3', mesh).making).toBeNull();
  });

  it('CNC: stock with its allowance, what is removed of it', () => {
    expect(measured('cnc_shop', 'al-6061', mesh).making).toMatchObject({
      process: 'cnc',
      stockGrams: 37.32, // 24^3 mm3 of 2.7 g/cm3
      removedMm3: 5824,
      machineSeconds: 212, // 5824 / 500 + 2400 / 20 + 4 x 20
    });
  });

  it('casting: metal by volume and density with sprue and loss; no stones', () => {
    expect(measured('jeweler', 'gold-14y', mesh).making).toMatchObject({
      process: 'casting',
      metalGrams: 117.2, // 8 cm3 x 13.08 x 1.12
      stones: [],
    });
  });

  it.each<[Trade, string]>([
    ['print_farm', 'pla'],
    ['resin_studio', 'standard-resin'],
    ['resin_studio', 'pa12'],
    ['cnc_shop', 'brass'],
    ['jeweler', 'silver-925'],
  ])(
    '%s, %s: no wrong figures from a hostile file, and nothing from a drawing or a refused one',
    (trade, id) => {
      for (const volumeMm3 of [0, -1, Number.NaN, Infinity, 1e300]) {
        const { making } = measured(trade, id, { ...mesh, volumeMm3 });
        if (making) expect(findMakingFault(making)).toBeUndefined();
      }
      expect(measured(trade, id, drawing).making).toBeNull();
      expect(measured(trade, id, { ...mesh, verdict: 'refused' }).making).toBeNull();
    },
  );
});

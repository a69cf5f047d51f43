import { describe, expect, it } from 'vitest';
import { estimateCasting, estimateCastingFromWax } from './casting.ts';
import { estimateLaserCut } from './laser-cut.ts';
import { estimateMilling } from './milling.ts';
import { estimatePowderBed } from './powder-bed.ts';
import { estimateResin } from './resin.ts';

describe('resin', () => {
  const screen = {
    layerMm: 0.05,
    exposure: { kind: 'screen', secondsPerLayer: 8 },
    bottomLayers: 5,
    bottomSecondsPerLayer: 30,
    densityGPerMl: 1.1,
    supportPercent: 20,
  } as const;

  it('on a screen takes the time of its layers, whatever their area and the number of pieces', () => {
    // 400 layers: 5 x 30 + 395 x 8 = 3310 s; 8 ml x 1.2 = 9.6 ml.
    const one = estimateResin({ volumeMm3: 8000, heightMm: 20 }, screen)!;
    expect(one).toMatchObject({ layers: 400, seconds: 3310 });
    expect(one.resinMl).toBeCloseTo(9.6, 9);
    expect(one.grams).toBeCloseTo(10.56, 9);
    const four = estimateResin({ volumeMm3: 8000, heightMm: 20 }, screen, 4)!;
    expect(four.seconds).toBe(3310);
    expect(four.resinMl).toBeCloseTo(38.4, 9);
  });

  it('with a laser takes time for the drawn area too', () => {
    const laser = {
      ...screen,
      exposure: { kind: 'laser', secondsPerLayer: 4, drawnMm2PerSecond: 100 },
    } as const;
    // 5 x 30 + 395 x 4 + 9600 / 0.05 / 100 = 3650 s.
    expect(estimateResin({ volumeMm3: 8000, heightMm: 20 }, laser)!.seconds).toBeCloseTo(3650, 6);
  });

  it('gives nothing for what no part has', () => {
    expect(estimateResin({ volumeMm3: 0, heightMm: 20 }, screen)).toBeUndefined();
    expect(estimateResin({ volumeMm3: Number.NaN, heightMm: 20 }, screen)).toBeUndefined();
    expect(estimateResin({ volumeMm3: 8000, heightMm: 20 }, { ...screen, layerMm: 0 })).toBeUndefined();
  });
});

describe('powder bed', () => {
  const settings = {
    chamberMm: [150, 200, 300],
    layerMm: 0.1,
    secondsPerLayer: 10,
    packingPercent: 10,
    gapMm: 0,
    coolDownSeconds: 6000,
    densityGPerCm3: 1,
    powderGPerCm3: 0.5,
    refreshPercent: 50,
  } as const;

  it('a part pays for its box: 90 cm3 of 9 litres is a hundredth of 36,000 s', () => {
    const part = estimatePowderBed({ volumeMm3: 45_000, boxMm: [30, 30, 100] }, settings)!;
    expect(part.chamberShare).toBeCloseTo(0.01, 9);
    expect(part.seconds).toBeCloseTo(360, 6);
    // 45 g sintered, 45 cm3 loose x 0.5 x 50 %.
    expect(part.powderGrams).toBeCloseTo(45 + 11.25, 6);
  });

  it('a part of little volume pays for the usual packing, as others nest in it', () => {
    expect(estimatePowderBed({ volumeMm3: 900, boxMm: [30, 30, 100] }, settings)!.chamberShare).toBeCloseTo(
      0.001,
      9,
    );
  });

  it('fits turned, or gives nothing', () => {
    expect(estimatePowderBed({ volumeMm3: 900, boxMm: [290, 30, 100] }, settings)).toBeDefined();
    expect(estimatePowderBed({ volumeMm3: 900, boxMm: [310, 30, 100] }, settings)).toBeUndefined();
  });
});

describe('laser', () => {
  const settings = {
    cutMmPerSecond: 20,
    secondsPerPierce: 0.5,
    engravedMm2PerSecond: 50,
    sheetMm: [600, 400],
    yieldPercent: 75,
    secondsPerSheet: 120,
  } as const;
  const plate = { cutLengthMm: 1000, pierces: 4, engravedMm2: 500, boxMm: [180, 100] } as const;

  it('takes cut length, pierces, engraving and its share of a sheet', () => {
    // 50 + 2 + 10 s; 18,000 mm2 of 180,000 usable is a tenth of a sheet, 12 s.
    const one = estimateLaserCut(plate, settings)!;
    expect(one.seconds).toBeCloseTo(74, 9);
    expect(one.sheets).toBeCloseTo(0.1, 9);
    expect(one.sheetMm2).toBeCloseTo(24_000, 6);
    expect(estimateLaserCut(plate, settings, 10)!.seconds).toBeCloseTo(740, 6);
  });

  it('a part that nearly fills a sheet takes all of it; a larger one gives nothing', () => {
    expect(estimateLaserCut({ ...plate, boxMm: [390, 590] }, settings)!.sheets).toBe(1);
    expect(estimateLaserCut({ ...plate, boxMm: [410, 590] }, settings)).toBeUndefined();
  });
});

describe('milling', () => {
  it('removes the stock round the part, finishes its surface and changes tools; setups come once', () => {
    const block = estimateMilling(
      { volumeMm3: 50_000, areaMm2: 9000, boxMm: [50, 40, 30] },
      {
        removedMm3PerSecond: 100,
        finishedMm2PerSecond: 30,
        setups: 2,
        secondsPerSetup: 900,
        toolChanges: 3,
        secondsPerToolChange: 10,
        stockAllowanceMm: 0,
        densityGPerCm3: 2.7,
      },
    )!;
    expect(block).toMatchObject({ removedMm3: 10_000, secondsPerPart: 100 + 300 + 30, setupSeconds: 1800 });
    expect(block.stockGrams).toBeCloseTo(162, 9);
  });
});

describe('casting', () => {
  const gold = { densityGPerCm3: 13.08, lossPercent: 12, purity: 0.585 };

  it('weighs volume by the alloy, with sprues and loss', () => {
    const ring = estimateCasting(400, gold)!;
    expect(ring.pieceGrams).toBeCloseTo(5.232, 9);
    expect(ring.castGrams).toBeCloseTo(5.232 * 1.12, 9);
    expect(ring.fineGrams).toBeCloseTo(5.232 * 1.12 * 0.585, 9);
  });

  it('from a wax gives the same as from the volume: a gram of wax is a cubic centimetre', () => {
    expect(estimateCastingFromWax(0.4, gold)).toEqual(estimateCasting(400, gold));
    expect(estimateCasting(400, { ...gold, purity: 1.2 })).toBeUndefined();
  });
});

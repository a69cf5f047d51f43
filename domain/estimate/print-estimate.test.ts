import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibratedFdm, estimateFdmPrint } from './print-estimate.ts';

const settings = { ...calibratedFdm, densityGPerCm3: 1.24 };

function box(x: number, y: number, z: number) {
  return {
    volumeMm3: x * y * z,
    areaMm2: 2 * (x * y + y * z + z * x),
    boundingBoxMm: { min: [0, 0, 0], max: [x, y, z], size: [x, y, z] },
  } as const;
}

/** Slicer results for models of tests/models/sound: volume, area, height, then seconds and grams at 0.2 mm layers. */
const sliced = [
  {
    name: 'calib-cube20',
    volumeMm3: 8000,
    areaMm2: 2400,
    heightMm: 20,
    seconds: 1685,
    grams: 3.83,
    layers: 100,
  },
  {
    name: 'bracket',
    volumeMm3: 21864.8,
    areaMm2: 10773.5,
    heightMm: 45,
    seconds: 5240,
    grams: 15.2,
    layers: 225,
  },
  {
    name: 'gear28',
    volumeMm3: 15305.9,
    areaMm2: 8222.7,
    heightMm: 8,
    seconds: 3517,
    grams: 10.47,
    layers: 40,
  },
  {
    name: 'enclosure',
    volumeMm3: 28432.2,
    areaMm2: 28755.9,
    heightMm: 30,
    seconds: 8662,
    grams: 34,
    layers: 150,
  },
  {
    name: 'sphere40',
    volumeMm3: 33462.9,
    areaMm2: 5022.7,
    heightMm: 40,
    seconds: 3577,
    grams: 11.85,
    layers: 200,
  },
  { name: 'knob', volumeMm3: 12095.6, areaMm2: 3664.1, heightMm: 17, seconds: 1871, grams: 5.89, layers: 85 },
  {
    name: 'thin-tube',
    volumeMm3: 4401.5,
    areaMm2: 11153.8,
    heightMm: 60,
    seconds: 3742,
    grams: 5.19,
    layers: 300,
  },
];

describe('estimateFdmPrint', () => {
  it.each(sliced)(
    '$name: time and material are within the stated spread of the slicer, layers exact',
    (part) => {
      const estimate = estimateFdmPrint(
        {
          ...part,
          boundingBoxMm: { min: [0, 0, 0], max: [1, 1, part.heightMm], size: [1, 1, part.heightMm] },
        },
        settings,
      )!;
      expect(estimate.reliable).toBe(true);
      expect(estimate.layers).toBe(part.layers);
      expect(Math.abs(estimate.printSeconds / part.seconds - 1) * 100).toBeLessThan(estimate.spreadPercent);
      expect(Math.abs(estimate.materialGrams / part.grams - 1) * 100).toBeLessThan(estimate.spreadPercent);
    },
  );

  it('can be checked by hand', () => {
    // Shell 2400 x 0.86 = 2064 mm3, core 5936 x 15 % = 890.4 mm3; 2954.4 / 3.2 + 100 x 7.6 = 1683.25 s; 2.9544 cm3 x 1.24 = 3.66 g.
    expect(estimateFdmPrint(box(20, 20, 20), settings)).toEqual({
      printSeconds: 1683,
      materialGrams: 3.66,
      layers: 100,
      method: 'shell-infill-linear-1',
      spreadPercent: 40,
      reliable: true,
    });
  });

  it('says when it can not be relied on: thin walls, sub-gram parts', () => {
    expect(estimateFdmPrint(box(100, 100, 0.4), settings)).toMatchObject({
      reliable: false,
      why: expect.stringContaining('0.40 mm') as string,
    });
    expect(estimateFdmPrint(box(5, 5, 5), settings)).toMatchObject({
      reliable: false,
      why: expect.stringContaining('g; below 0.5 g') as string,
    });
  });

  it('gives finite positive numbers or nothing, for any input', () => {
    const any = fc.double();
    fc.assert(
      fc.property(any, any, any, any, (volumeMm3, areaMm2, height, infillPercent) => {
        const measures = {
          volumeMm3,
          areaMm2,
          boundingBoxMm: { min: [0, 0, 0], max: [0, 0, height], size: [0, 0, height] },
        } as const;
        const estimate = estimateFdmPrint(measures, { ...settings, infillPercent });
        for (const value of estimate
          ? [estimate.printSeconds, estimate.materialGrams, estimate.layers]
          : []) {
          expect(Number.isFinite(value) && value > 0).toBe(true);
        }
      }),
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { lineSpacing, layerTable, wallDepth, type LayerColumn, type LayerTable } from './layer-table.ts';
import { ballMesh, boxMesh, joined, placed } from './mesh-for-test.ts';
import { standardSettings } from './print-settings.ts';
import { estimateFromLayers } from './sweep-estimate.ts';
import { processorTime } from '#tests/support/processor-time.ts';

const table = (mesh: IndexedMesh, change = {}) => layerTable(mesh, { ...standardSettings, ...change })!;
const estimate = (mesh: IndexedMesh, change = {}) =>
  estimateFromLayers(table(mesh), { ...standardSettings, ...change })!;
const total = ({ rows }: LayerTable, column: LayerColumn) =>
  rows[column].reduce((sum, value) => sum + value, 0);
const depth = wallDepth(standardSettings);

describe('the layers of a cube of 20 mm', () => {
  const cube = table(boxMesh([20, 20, 20]));

  it('are 100, each with one outline of 80 mm round 400 mm2', () => {
    expect(cube.layers).toBe(100);
    expect(cube.layersPerRow).toBe(1);
    expect(new Set(cube.rows.outlineMm)).toEqual(new Set([80]));
    expect(new Set(cube.rows.areaMm2)).toEqual(new Set([400]));
    expect(new Set(cube.rows.loops)).toEqual(new Set([1]));
    expect(cube.openLoops).toBe(0);
  });

  it('have walls two lines deep: 0.225 + 1.5 x 0.407 mm', () => {
    expect(lineSpacing(0.45, 0.2)).toBeCloseTo(0.40708, 5);
    expect(depth).toBeCloseTo(0.83562, 5);
    // Offsetting rounds corners: 400 - 80 d + pi d2.
    expect(cube.rows.interiorMm2[50]).toBeCloseTo(400 - 80 * depth + Math.PI * depth ** 2, 1);
  });

  it('are solid in the lowest 4 and the highest 5, and nowhere else', () => {
    const solid = cube.rows.solidMm2.map((area, layer) => area / cube.rows.interiorMm2[layer]! > 0.99);
    expect(solid.flatMap((is, layer) => (is ? [layer] : []))).toEqual([0, 1, 2, 3, 95, 96, 97, 98, 99]);
    expect(cube.rows.topMm2.flatMap((area, layer) => (area > 0 ? [layer] : []))).toEqual([99]);
    expect(total(cube, 'supportMm2')).toBe(0);
  });

  it('are counted by their middles: a rest of over half a layer is one more', () => {
    expect(table(boxMesh([20, 20, 20.15])).layers).toBe(101);
    expect(table(boxMesh([20, 20, 20.05])).layers).toBe(100);
  });

  it('keep a first layer of another height: 0.2 + 66 x 0.3 mm', () => {
    expect(table(boxMesh([20, 20, 20]), { layerMm: 0.3 }).layers).toBe(67);
  });

  it('lose four corners of 22 mm/s at 1000 mm/s2 each, and the start from a stand', () => {
    // Each axis jumps by 8 mm/s at most, so a corner of 90 degrees is taken at 8. The loop begins in the middle of a side at 4 and ends at 8.
    const corners = (4 * (30 - 8) ** 2) / 30_000;
    const ends = ((30 - 4) ** 2 + (30 - 8) ** 2) / 60_000;
    expect(cube.rows.lost30[50]).toBeCloseTo(corners + ends, 4);
  });
});

describe('solid and sparse', () => {
  it('a plate as thin as its top and bottom has no sparse infill', () => {
    const plate = table(boxMesh([60, 60, 1.8]));
    expect(total(plate, 'solidMm2')).toBeCloseTo(total(plate, 'interiorMm2'), 0);
  });

  it('a rod whose inside is under 70 mm2 is solid all through, a thicker one is not', () => {
    const rod = table(boxMesh([9, 9, 30]));
    expect(total(rod, 'solidMm2')).toBeCloseTo(total(rod, 'interiorMm2'), 0);
    const thicker = table(boxMesh([14, 14, 30]));
    expect(total(thicker, 'solidMm2')).toBeLessThan(total(thicker, 'interiorMm2') * 0.2);
  });

  it('a step is covered below its face: the ledge is solid, the body beside it sparse', () => {
    const stepped = table(joined(boxMesh([40, 40, 10]), boxMesh([20, 40, 10], [0, 0, 10])));
    const layer = stepped.rows.solidMm2[48]!;
    expect(layer).toBeGreaterThan(0.4 * 20 * 40);
    expect(layer).toBeLessThan(0.6 * 40 * 40);
    expect(stepped.rows.solidMm2[30]).toBe(0);
  });

  it('a cavity is not filled, whichever shell comes first', () => {
    const outer = boxMesh([20, 20, 20]);
    const cavity = boxMesh([10, 10, 10], [5, 5, 5], true);
    const hollow = table(joined(outer, cavity));
    expect(hollow.rows.areaMm2[50]).toBeCloseTo(300, 3);
    expect(table(joined(cavity, outer)).rows).toEqual(hollow.rows);
  });
});

describe('supports', () => {
  /** A table top of 30 x 30 mm on a leg of 10 x 10 mm, 20 mm high. */
  const mushroom = joined(boxMesh([10, 10, 20], [10, 10, 0]), boxMesh([30, 30, 4], [0, 0, 20]));

  it('fill what hangs free: 800 mm2 over 20 mm', () => {
    const supported = table(mushroom);
    const area = 30 * 30 - 10 * 10;
    expect(supported.rows.supportMm2[20]! / area).toBeGreaterThan(0.9);
    expect(supported.rows.supportMm2[20]! / area).toBeLessThan(1.3);
    expect(supported.rows.supportMm2[110]).toBe(0);
    expect(supported.rows.plateSupportMm2[20]).toBe(supported.rows.supportMm2[20]);
  });

  it('from the build plate leave out what stands on the part', () => {
    const over = joined(
      boxMesh([40, 10, 4]),
      boxMesh([4, 10, 20], [0, 0, 4]),
      boxMesh([40, 10, 4], [0, 0, 24]),
    );
    const supported = table(over);
    expect(total(supported, 'supportMm2')).toBeGreaterThan(36 * 10 * 90);
    expect(total(supported, 'plateSupportMm2')).toBeLessThan(total(supported, 'supportMm2') * 0.15);
    expect(total(supported, 'landingMm2')).toBeGreaterThan(0);
  });

  it('cost nothing when there are none, and time and material when there are', () => {
    const without = estimate(mushroom);
    const withThem = estimate(mushroom, { supports: 'everywhere' });
    expect(without.features.supports).toEqual({ seconds: 0, grams: 0 });
    expect(withThem.features.supports.grams).toBeGreaterThan(1);
    expect(withThem.printSeconds).toBeGreaterThan(without.printSeconds * 1.1);
    expect(estimate(boxMesh([20, 20, 20]), { supports: 'everywhere' }).features.supports.grams).toBe(0);
  });

  it('are for faces flatter than the limit only', () => {
    const steep = (height: number): IndexedMesh => ({
      positions: Float32Array.from([
        9,
        9,
        0,
        11,
        9,
        0,
        11,
        11,
        0,
        9,
        11,
        0,
        0,
        0,
        height,
        20,
        0,
        height,
        20,
        20,
        height,
        0,
        20,
        height,
      ]),
      triangles: Int32Array.from([
        0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 1, 2, 6, 1, 6, 5, 2, 3, 7, 2, 7, 6, 3, 0, 4, 3,
        4, 7,
      ]),
    });
    // The sides go out by 9 mm: 53 degrees to the plate at 12 mm height, 42 at 8.
    expect(total(table(steep(12)), 'supportMm2')).toBe(0);
    expect(total(table(steep(8)), 'supportMm2')).toBeGreaterThan(1000);
  });
});

describe('for any part', () => {
  const size = fc.integer({ min: 10, max: 60 });
  const parts = fc.oneof(
    fc.tuple(size, size, size).map((lengths) => boxMesh(lengths)),
    fc
      .tuple(fc.integer({ min: 8, max: 25 }), fc.integer({ min: 8, max: 20 }))
      .map(([radius, rings]) => ballMesh(radius, rings)),
    fc
      .tuple(size, size, size)
      .map(([x, y, z]) =>
        joined(boxMesh([x, y, z]), boxMesh([x / 2, y / 2, z / 2], [x / 4, y / 4, z / 4], true)),
      ),
  );

  it('outlines of closed meshes always close, however the part is turned', () => {
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 360, noNaN: true }), (mesh, degrees) => {
        expect(table(placed(mesh, { degrees })).openLoops).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('the layers hold the volume', () => {
    fc.assert(
      fc.property(parts, (mesh) => {
        const layers = table(mesh);
        expect(Math.abs((total(layers, 'areaMm2') * 0.2) / layers.volumeMm3 - 1)).toBeLessThan(0.03);
      }),
      { numRuns: 40 },
    );
  });

  it('moving it changes nothing that counts, turning it about z little', () => {
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: -200, max: 200 }),
        fc.integer({ min: 1, max: 359 }),
        (mesh, by, degrees) => {
          const here = estimate(mesh);
          const moved = estimate(placed(mesh, { by: [by, -by, by / 2] }));
          expect(Math.abs(moved.printSeconds / here.printSeconds - 1)).toBeLessThan(0.03);
          expect(Math.abs(moved.materialGrams - here.materialGrams)).toBeLessThan(
            0.02 + here.materialGrams * 0.03,
          );
          // Filled: whether a small area is filled solid by itself hangs on a hair.
          const filled = estimate(mesh, { infillPercent: 100 });
          const turned = estimate(placed(mesh, { degrees }), { infillPercent: 100 });
          expect(Math.abs(turned.printSeconds / filled.printSeconds - 1)).toBeLessThan(0.3);
          expect(Math.abs(turned.materialGrams / filled.materialGrams - 1)).toBeLessThan(0.2);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a larger one takes more time and material', () => {
    fc.assert(
      fc.property(parts, (mesh) => {
        // Without sparse infill: a part so small that it is filled solid may well be heavier than a larger one.
        const small = estimate(mesh, { infillPercent: 100 });
        const large = estimate(placed(mesh, { scale: 1.3 }), { infillPercent: 100 });
        expect(large.printSeconds).toBeGreaterThan(small.printSeconds);
        expect(large.materialGrams).toBeGreaterThan(small.materialGrams);
      }),
      { numRuns: 30 },
    );
  });

  it('the features add up, and more infill never takes less', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 90 }), (mesh, infillPercent) => {
        const sparse = estimate(mesh, { infillPercent });
        const dense = estimate(mesh, { infillPercent: infillPercent + 10 });
        const seconds = Object.values(sparse.features).reduce((sum, feature) => sum + feature.seconds, 0);
        expect(Math.abs(seconds - sparse.printSeconds)).toBeLessThanOrEqual(1);
        expect(dense.materialGrams).toBeGreaterThanOrEqual(sparse.materialGrams);
      }),
      { numRuns: 30 },
    );
  });
});

describe('hostile and odd meshes', () => {
  it('no triangles, no height, or no layer give no table', () => {
    expect(
      layerTable({ positions: new Float32Array(0), triangles: new Int32Array(0) }, standardSettings),
    ).toBeUndefined();
    expect(layerTable(boxMesh([10, 10, 0]), standardSettings)).toBeUndefined();
    expect(layerTable(boxMesh([10, 10, 0.05]), standardSettings)).toBeUndefined();
  });

  it('a part of one layer has one', () => {
    expect(table(boxMesh([30, 30, 0.2])).layers).toBe(1);
  });

  it('more than 10,000 layers give no table, at once', () => {
    const spent = processorTime();
    expect(layerTable(boxMesh([10, 10, 5000]), standardSettings)).toBeUndefined();
    expect(layerTable(boxMesh([1, 1, 1e30]), standardSettings)).toBeUndefined();
    expect(spent()).toBeLessThan(200);
  });

  it('a part as large as a house is cut with bounded memory', () => {
    const huge = table(boxMesh([20_000, 20_000, 100]));
    expect(huge.layers).toBe(500);
    expect(huge.rows.interiorMm2[250]! / 4e8).toBeCloseTo(1, 2);
  });

  it('an open mesh is cut all the same and says it is not reliable', () => {
    const { positions, triangles } = boxMesh([20, 20, 20]);
    const holed = { positions, triangles: triangles.slice(0, -3) };
    expect(table(holed).openLoops).toBeGreaterThan(90);
    expect(estimate(holed)).toMatchObject({
      reliable: false,
      why: expect.stringContaining('holes') as string,
    });
  });

  it('bodies that overlap count once in area and make the estimate unreliable', () => {
    const overlapping = joined(boxMesh([20, 20, 20]), boxMesh([20, 20, 20], [10, 0, 0]));
    expect(table(overlapping).rows.areaMm2[50]! / 600).toBeCloseTo(1, 1);
    expect(estimate(overlapping)).toMatchObject({
      reliable: false,
      why: expect.stringContaining('overlap') as string,
    });
  });

  it('thin walls and sub-gram parts are not reliable', () => {
    expect(estimate(boxMesh([60, 0.45, 40])).why).toContain('walls');
    expect(estimate(boxMesh([5, 5, 5])).why).toContain('weighs');
  });

  it('a mesh turned inside out is measured like the right one', () => {
    const { printSeconds, materialGrams, layers } = estimate(boxMesh([20, 20, 20]));
    expect(estimate(boxMesh([20, 20, 20], [0, 0, 0], true))).toMatchObject({
      printSeconds,
      materialGrams,
      layers,
    });
  });

  it('a fan of 50,000 faces round one point takes no longer than other meshes', () => {
    const steps = 50_000;
    const positions = new Float32Array((steps + 2) * 3);
    positions[2] = 10;
    const triangles = new Int32Array(steps * 6);
    for (let step = 0; step < steps; step++) {
      const angle = (2 * Math.PI * step) / steps;
      positions.set([20 * Math.cos(angle), 20 * Math.sin(angle), 0], (step + 2) * 3);
      const [here, next] = [step + 2, ((step + 1) % steps) + 2];
      triangles.set([0, here, next, 1, next, here], step * 6);
    }
    const spent = processorTime();
    expect(table({ positions, triangles }).openLoops).toBe(0);
    expect(spent()).toBeLessThan(4000);
  });
});

describe('the table', () => {
  it('stays under 100 KB and keeps a tall part in fewer rows', () => {
    const tall = table(ballMesh(150, 30));
    expect(tall.layers).toBe(1500);
    expect(tall.layersPerRow).toBe(3);
    expect(JSON.stringify(tall).length).toBeLessThan(100_000);
  });

  it('tells the same after it was stored', () => {
    const layers = table(ballMesh(12, 16));
    expect(estimateFromLayers(JSON.parse(JSON.stringify(layers)) as LayerTable, standardSettings)).toEqual(
      estimateFromLayers(layers, standardSettings),
    );
  });

  it('of one layer height tells of another one within its spread', () => {
    const ball = ballMesh(15, 24);
    const thick = { ...standardSettings, layerMm: 0.3, topLayers: 4, bottomLayers: 3 };
    const own = estimateFromLayers(layerTable(ball, thick)!, thick)!;
    const adapted = estimateFromLayers(table(ball), thick)!;
    expect(adapted.spreadPercent).toBeGreaterThan(own.spreadPercent);
    expect(Math.abs(adapted.printSeconds / own.printSeconds - 1) * 100).toBeLessThan(adapted.spreadPercent);
    expect(Math.abs(adapted.materialGrams / own.materialGrams - 1) * 100).toBeLessThan(adapted.spreadPercent);
  });

  it('gives nothing for settings that no machine has', () => {
    const layers = table(boxMesh([20, 20, 20]));
    for (const change of [
      { layerMm: 0 },
      { outerSpeed: Number.NaN },
      { infillPercent: 101 },
      { jerk: -1 },
      { densityGPerCm3: Infinity },
    ]) {
      expect(estimateFromLayers(layers, { ...standardSettings, ...change })).toBeUndefined();
    }
  });
});

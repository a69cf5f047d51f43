import { describe, expect, it } from 'vitest';
import { layerTable, type LayerColumn } from './layer-table.ts';
import { ballMesh, boxMesh, joined } from './mesh-for-test.ts';
import { estimateOriented, findBetter } from './orientation.ts';
import { standardSettings, type PrintSettings } from './print-settings.ts';
import { layersWithTurn } from './resting-orientations.ts';
import { restOn, turned, type Direction } from './resting-sides.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';

const supported: PrintSettings = { ...standardSettings, supports: 'everywhere' };
const machine = (x: number, y: number, z: number) => ({ name: `${x}`, volumeMm: [x, y, z] as const });

function laid(mesh: IndexedMesh, settings = supported, machines: ReturnType<typeof machine>[] = []) {
  const layers = layersWithTurn(layerTable(mesh, settings)!, mesh, settings, machines);
  const in_ = (orientation: 'best' | 'as_uploaded') =>
    estimateOriented(layers, settings, { orientation, machines })!;
  return { layers, best: in_('best'), asUploaded: in_('as_uploaded') };
}

const mushroom = joined(boxMesh([10, 10, 20], [10, 10, 0]), boxMesh([30, 30, 4], [0, 0, 20]));
const plate = boxMesh([60, 3, 60]);
/** A wedge whose largest side is the slope between its edges. */
const wedge: IndexedMesh = {
  positions: new Float32Array([0, 0, 0, 40, 0, 0, 0, 30, 0, 0, 0, 60, 40, 0, 60, 0, 30, 60]),
  triangles: Int32Array.from([0, 2, 1, 3, 4, 5, 0, 1, 4, 0, 4, 3, 1, 2, 5, 1, 5, 4, 2, 0, 3, 2, 3, 5]),
};

describe('how a part lies', () => {
  it('a mushroom is turned on its head, where it needs no supports, and the words say what that saves', () => {
    const { best, asUploaded } = laid(mushroom);
    expect(best.features.supports.grams).toBeLessThan(0.1);
    expect(best.orientation).toMatchObject({ turned: true, rotationDegrees: [180, 0] });
    expect(best.orientation.words).toMatch(
      /^turned by 180° about x: lies on its largest flat side, saves \d+ min and \d+ g of supports$/,
    );
    const minutes = Math.round((asUploaded.printSeconds - best.printSeconds) / 60);
    expect(best.orientation.words).toContain(`saves ${minutes} min`);
    expect(asUploaded.orientation).toMatchObject({ turned: false, rotationDegrees: [0, 0] });
    expect(asUploaded.orientation.words).toMatch(/^printed as uploaded; turning it saves/);
  });

  it('of supports that the shop does not print it is told what they would be', () => {
    const { best } = laid(mushroom, standardSettings);
    expect(best.features.supports.grams).toBe(0);
    expect(best.orientation.words).toMatch(/needs \d+ g less of supports$/);
  });

  it('a tall plate is laid flat', () => {
    const { best } = laid(plate);
    expect(best.layers).toBe(15);
    expect(best.orientation.rotationDegrees.map(Math.abs)).toEqual([90, 0]);
  });

  it('a wedge lies on its slope, which is no side of the axes', () => {
    const { layers, best } = laid(wedge);
    expect(layers.turned?.onLargestSide).toBe(true);
    expect(best.orientation.turned).toBe(true);
    expect(layers.turned!.table.sizeMm[2]).toBeCloseTo(24, 4);
    expect(layers.turned!.table.volumeMm3).toBeCloseTo(layers.volumeMm3, 2);
  });

  it.each([
    ['a cube', boxMesh([20, 20, 20])],
    ['a ball', ballMesh(10, 12)],
    ['a flat plate', boxMesh([60, 60, 3])],
  ])('%s stays as uploaded: nothing saves a twentieth', (_, mesh) => {
    const { layers, best } = laid(mesh);
    expect(layers.turned).toBeUndefined();
    expect(best.orientation).toEqual({
      turned: false,
      rotationDegrees: [0, 0],
      words: 'printed as uploaded',
    });
  });

  it('nothing is turned so that it stands in no machine, and what stands in one only turned is turned', () => {
    const long = boxMesh([150, 6, 60]);
    expect(laid(long, supported, [machine(100, 200, 200)]).best.layers).toBe(30);
    expect(laid(long, supported, [machine(20, 160, 100)]).best.orientation.turned).toBe(false);
    const { best, asUploaded } = laid(boxMesh([20, 20, 120]), supported, [machine(150, 150, 100)]);
    expect(best.orientation.words).toContain('as uploaded it stands in no machine');
    expect(asUploaded.orientation.words).toBe('printed as uploaded; so it stands in no machine');
  });

  it('a turn saves a twentieth with supports, and costs no more than a tenth of that where a shop prints none', () => {
    const cost = ({ printSeconds, materialGrams }: ReturnType<typeof laid>['best']) =>
      printSeconds + 29 * materialGrams;
    for (const mesh of [mushroom, plate, wedge])
      for (const supports of ['none', 'build-plate', 'everywhere'] as const)
        for (const infillPercent of [0, 15, 100]) {
          const { layers } = laid(mesh);
          const settings = { ...standardSettings, supports, infillPercent };
          const best = estimateOriented(layers, settings)!;
          const given = estimateOriented(layers, settings, { orientation: 'as_uploaded' })!;
          if (!best.orientation.turned) continue;
          const all = { ...settings, supports: 'everywhere' } as const;
          const needed = cost(estimateOriented(layers, all, { orientation: 'as_uploaded' })!);
          const saving = needed - cost(estimateOriented(layers, all)!);
          expect(saving).toBeGreaterThanOrEqual(0.05 * needed);
          expect(cost(best) - cost(given)).toBeLessThanOrEqual(0.1 * saving);
        }
  });

  it('a way without supports that takes much more plastic is for shops that print supports, not for those that print none', () => {
    const given = layerTable(mushroom, standardSettings)!;
    const scaled = (names: readonly LayerColumn[], factor: number) =>
      Object.fromEntries(names.map((name) => [name, given.rows[name].map((value) => value * factor)]));
    const without = scaled(['supportMm2', 'contactMm2', 'landingMm2', 'supportEdgeMm'], 0);
    const table = (factor: number) => ({
      ...given,
      rows: { ...given.rows, ...without, ...scaled(['areaMm2', 'interiorMm2', 'solidMm2'], factor) },
    });
    const isTurned = (factor: number, supports: PrintSettings['supports']) =>
      findBetter(given, [{ table: table(factor) }], { ...standardSettings, supports }) !== undefined;
    expect(isTurned(1, 'none')).toBe(true);
    expect(isTurned(1.3, 'everywhere')).toBe(true);
    expect(isTurned(1.3, 'none')).toBe(false);
  });

  it('a mesh that is too large to be cut often stays as uploaded', () => {
    expect(laid(ballMesh(8, 290)).layers.turned).toBeUndefined();
  });
});

describe('a way to rest', () => {
  const directions: Direction[] = [
    [0, 0, -1],
    [0, 0, 1],
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0.6, 0, -0.8],
    [0.36, 0.48, 0.8],
  ];

  it.each(directions)('%d %d %d down: its measures are those of the mesh turned so', (...down) => {
    const rest = restOn(wedge, down, 50);
    const again = restOn(turned(wedge, down), [0, 0, -1], 50);
    expect(again.sizeMm[2]).toBeCloseTo(rest.sizeMm[2], 4);
    rest.sizeMm.forEach((length, axis) => expect(again.sizeMm[axis]).toBeCloseTo(length, 4));
    expect(again.contactMm2).toBeCloseTo(rest.contactMm2, 2);
    expect(again.overhangMm3 / 1000).toBeCloseTo(rest.overhangMm3 / 1000, 2);
  });

  it('a table lies on its legs and hangs over between them', () => {
    const leg = (x: number, y: number) => boxMesh([5, 5, 20], [x, y, 0]);
    const table = joined(boxMesh([40, 40, 4], [0, 0, 20]), leg(0, 0), leg(35, 0), leg(0, 35), leg(35, 35));
    const rest = restOn(table, [0, 0, -1], 50);
    expect(rest.contactMm2).toBeCloseTo(100, 3);
    expect(rest.overhangMm3).toBeCloseTo(1600 * 20, 0);
  });
});

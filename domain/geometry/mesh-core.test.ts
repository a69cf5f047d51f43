import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MeshCore } from './mesh-core.ts';
import { sourceSha256 } from './mesh-core-binary.ts';

const coordinatesBytes = 36;

function bytesOf(coordinates: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(coordinates).buffer);
}

/** The four faces of a tetrahedron, the last one turned inside out when asked. */
function tetrahedron(x: number, flipped = false): number[] {
  const [o, a, b, c] = [
    [x, 0, 0],
    [x + 1, 0, 0],
    [x, 1, 0],
    [x, 0, 1],
  ] as const;
  return [o, b, a, o, a, c, o, c, b, ...(flipped ? [a, c, b] : [a, b, c])].flat();
}

it('the compiled core belongs to the source beside it', () => {
  const source = readFileSync(new URL('mesh-core.as', import.meta.url));
  expect(createHash('sha256').update(source).digest('hex')).toBe(sourceSha256);
});

it('room that was made for nothing grows again and again, and nothing is lost on the way', () => {
  const core = new MeshCore(0);
  const bodies = 20_000;
  for (let body = 0; body < bodies; body++) core.add(bytesOf(tetrahedron(body * 2)), 0, 4, coordinatesBytes);
  expect(core.points).toBe(4 * bodies);
  expect(core.edges.count).toBe(6 * bodies);
  expect(core.edges.shells).toBe(bodies);
  expect(core.edges.allPaired).toBe(true);
  expect(core.volumeMm3).toBeCloseTo(bodies / 6, 6);
  expect([...core.positions().subarray(-3)]).toEqual([bodies * 2 - 2, 0, 1]);
  core.identify(bytesOf(tetrahedron(0)), 0, 4, coordinatesBytes);
  expect([...core.ids.subarray(0, 3)]).toEqual([0, 1, 2]);
  expect(core.points).toBe(4 * bodies);
});

it('the same triangles found again change no count', () => {
  const core = new MeshCore(8);
  const bytes = bytesOf(tetrahedron(0));
  core.add(bytes, 0, 4, coordinatesBytes);
  const { volumeMm3, areaMm2 } = core;
  core.identify(bytes, 0, 4, coordinatesBytes);
  expect([core.volumeMm3, core.areaMm2, core.edges.allPaired]).toEqual([volumeMm3, areaMm2, true]);
});

it('faces are counted exactly beyond what eight bits hold, each way for itself', () => {
  const core = new MeshCore(8);
  for (let fin = 1; fin <= 700; fin++) {
    core.add(bytesOf([0, 0, 0, 0, 0, 1, fin, 0, 0]), 0, 1, coordinatesBytes);
    if (fin <= 300) core.add(bytesOf([0, 0, 1, 0, 0, 0, 0, fin, 0]), 0, 1, coordinatesBytes);
  }
  const crowded: number[][] = [];
  core.edges.visit(core.points, (...edge) => {
    if (edge[2] + edge[3] > 2) crowded.push(edge);
  });
  expect(crowded).toEqual([[0, 1, 700, 300]]);
});

it('an edge with one face each way is paired, and no longer when a third comes', () => {
  const core = new MeshCore(8);
  core.add(bytesOf(tetrahedron(0)), 0, 4, coordinatesBytes);
  expect(core.edges.allPaired).toBe(true);
  core.add(bytesOf([0, 0, 0, 1, 0, 0, 5, 5, 5]), 0, 1, coordinatesBytes);
  expect(core.edges.allPaired).toBe(false);

  const doubled = new MeshCore(8);
  for (let time = 0; time < 2; time++) doubled.add(bytesOf(tetrahedron(0)), 0, 4, coordinatesBytes);
  expect(doubled.edges.allPaired).toBe(false);

  const flipped = new MeshCore(8);
  flipped.add(bytesOf(tetrahedron(0, true)), 0, 4, coordinatesBytes);
  expect(flipped.edges.allPaired).toBe(false);
});

it('a triangle with a coordinate that is not finite is left out, wherever the coordinate stands', () => {
  for (const bad of [Number.NaN, Infinity, -Infinity]) {
    for (let place = 0; place < 9; place++) {
      const coordinates = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0];
      coordinates[place] = bad;
      const core = new MeshCore(2);
      expect(core.add(bytesOf(coordinates), 0, 2, coordinatesBytes)).toBe(1);
      expect([core.points, core.edges.count, core.areaMm2]).toEqual([3, 3, 0.5]);
      expect(core.box.max).toEqual([1, 1, 0]);
    }
  }
});

it('-0 and 0 are the same place', () => {
  const core = new MeshCore(2);
  core.add(bytesOf([0, 0, 0, 1, 0, 0, 0, 1, 0]), 0, 1, coordinatesBytes);
  core.add(bytesOf([-0, 0, -0, 0, 1, -0, -1, -0, 0]), 0, 1, coordinatesBytes);
  expect(core.points).toBe(4);
  expect(Object.is(core.box.min[2], 0)).toBe(true);
});

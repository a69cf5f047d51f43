import { expect, test } from 'vitest';
import { boundsOf } from './bounds.ts';
import { mostPreviewVertices, packPreview, unpackPreview } from './preview-mesh.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/** A ball of radius 50 in `rows` rings of `2 * rows` quads, about (100, 0, 0). */
function ball(rows: number): IndexedMesh {
  const columns = 2 * rows;
  const positions = new Float32Array((rows + 1) * columns * 3);
  const triangles: number[] = [];
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column < columns; column++) {
      const [tilt, turn] = [(Math.PI * row) / rows, (2 * Math.PI * column) / columns];
      const at = row * columns + column;
      positions.set(
        [
          100 + 50 * Math.sin(tilt) * Math.cos(turn),
          50 * Math.sin(tilt) * Math.sin(turn),
          50 * Math.cos(tilt),
        ],
        at * 3,
      );
      const next = row * columns + ((column + 1) % columns);
      if (row < rows) triangles.push(at, at + columns, next, next, at + columns, next + columns);
    }
  return { positions, triangles: Int32Array.from(triangles) };
}

test('a small mesh keeps every triangle, and its points to a 65,535th of its size', () => {
  const mesh = ball(20);
  const shown = unpackPreview(packPreview(mesh).buffer);
  expect(shown.triangles).toEqual(mesh.triangles);
  const step = 100 / 65_535;
  for (let at = 0; at < mesh.positions.length; at++)
    expect(Math.abs(shown.positions[at]! - mesh.positions[at]!)).toBeLessThan(step);
});

test('a million triangles take less than 2 MB and stay where they were', () => {
  const mesh = ball(500);
  expect(mesh.triangles.length / 3).toBe(1_000_000);
  const packed = packPreview(mesh);
  expect(packed.length).toBeLessThan(2_000_000);
  const shown = unpackPreview(packed.buffer);
  const vertices = shown.positions.length / 3;
  expect(vertices).toBeLessThanOrEqual(mostPreviewVertices);
  expect(vertices).toBeGreaterThan(mostPreviewVertices / 4);
  const [x, y, z] = boundsOf(shown.positions).size as [number, number, number];
  for (const length of [x, y, z]) expect(Math.abs(length - 100)).toBeLessThan(1);
  for (let at = 0; at < shown.positions.length; at += 3)
    expect(
      Math.abs(
        Math.hypot(shown.positions[at]! - 100, shown.positions[at + 1]!, shown.positions[at + 2]!) - 50,
      ),
    ).toBeLessThan(0.5);
});

test('no mesh, a flat one and one in a single point are packed as well', () => {
  for (const positions of [[], [0, 0, 0, 1, 0, 0, 0, 1, 0], [5, 5, 5, 5, 5, 5, 5, 5, 5]]) {
    const triangles = Int32Array.from(positions.length === 0 ? [] : [0, 1, 2]);
    const shown = unpackPreview(packPreview({ positions: Float32Array.from(positions), triangles }).buffer);
    expect([...shown.positions]).toEqual(positions);
  }
});

test.each([new ArrayBuffer(0), new ArrayBuffer(100), new TextEncoder().encode('{"contours":[]}').buffer])(
  'bytes that are no preview are told from one',
  (bytes) => {
    expect(() => unpackPreview(bytes)).toThrow(RangeError);
  },
);

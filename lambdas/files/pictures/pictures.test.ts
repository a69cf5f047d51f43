import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { drawDrawing } from './draw-drawing.ts';
import { drawMesh } from './draw-mesh.ts';

const cube: IndexedMesh = {
  positions: Float32Array.from([0, 0, 0, 9, 0, 0, 0, 9, 0, 9, 9, 0, 0, 0, 9, 9, 0, 9, 0, 9, 9, 9, 9, 9]),
  triangles: Int32Array.from([
    0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7,
    5,
  ]),
};
const alphaAt = (picture: PNG, x: number, y: number) => picture.data[(y * picture.width + x) * 4 + 3];
const colourAt = (picture: PNG, x: number, y: number) => [
  ...picture.data.subarray((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3),
];

test('a cube fills the middle and leaves the corners empty; its sides differ in shade', () => {
  const picture = PNG.sync.read(drawMesh(cube, 128));
  expect([picture.width, picture.height]).toEqual([128, 128]);
  expect(alphaAt(picture, 64, 64)).toBe(255);
  for (const [x, y] of [
    [0, 0],
    [127, 0],
    [0, 127],
    [127, 127],
  ] as const)
    expect(alphaAt(picture, x, y)).toBe(0);
  expect(colourAt(picture, 60, 30)).not.toEqual(colourAt(picture, 40, 90));
});

test('a mesh turned inside out is drawn as well, an empty one is an empty picture', () => {
  const inside = { ...cube, triangles: Int32Array.from(cube.triangles).reverse() };
  expect(alphaAt(PNG.sync.read(drawMesh(inside, 64)), 32, 32)).toBe(255);
  const nothing = PNG.sync.read(drawMesh({ positions: new Float32Array(), triangles: new Int32Array() }, 64));
  expect(nothing.data.every((value) => value === 0)).toBe(true);
});

test('a drawing is lines on nothing: cut and engraved lines differ in colour', () => {
  const picture = PNG.sync.read(
    drawDrawing(
      {
        layers: [
          { name: 'Cut', use: 'cut' },
          { name: 'Engrave', use: 'engrave' },
        ],
        contours: [
          { points: [0, 0, 100, 0, 100, 100, 0, 100], closed: true, layer: 0, duplicate: false },
          { points: [0, 50, 100, 50], closed: false, layer: 1, duplicate: false },
        ],
      },
      128,
    ),
  );
  expect(alphaAt(picture, 30, 30)).toBe(0);
  const column = Array.from({ length: 128 }, (_, y) => y).filter((y) => alphaAt(picture, 64, y) === 255);
  const [top, middle] = [column[0]!, column.find((y) => y > 50)!];
  expect(middle).toBeGreaterThan(60);
  expect(colourAt(picture, 64, top)).not.toEqual(colourAt(picture, 64, middle));
});

import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { Canvas } from './canvas.ts';

type Vector = readonly [number, number, number];

/** Looked at from the front right and above, as parts are drawn; z is up. */
const right: Vector = unit([0.82, 0.57, 0]);
const towards: Vector = unit([0.48, -0.69, 0.54]);
const up: Vector = cross(towards, right);
const light: Vector = unit([0.1, -0.55, 0.83]);
/** Reads on a white page and on a dark one. */
const colour: Vector = [142, 160, 186];
const margin = 0.06;
/** Neighbouring pixels whose faces turn by more than this lie at an edge of the part. */
const edgeCosine = 0.8;

/** The part as a shaded picture on a transparent ground. */
export function drawMesh(mesh: IndexedMesh, side: number): Buffer {
  const canvas = new Canvas(side);
  const flat = project(mesh.positions, canvas.side);
  const depth = new Float32Array(canvas.side ** 2).fill(-Infinity);
  const normals = new Float32Array(canvas.side ** 2 * 3);
  for (let at = 0; at < mesh.triangles.length; at += 3)
    fill(mesh.triangles.subarray(at, at + 3), mesh.positions, flat, canvas.side, depth, normals);
  shade(canvas, depth, normals);
  return canvas.png();
}

/** Column, row and nearness of every vertex. */
function project(positions: Float32Array, side: number): Float32Array {
  const flat = new Float32Array(positions.length);
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 3) {
    const point: Vector = [positions[at]!, positions[at + 1]!, positions[at + 2]!];
    const [x, y] = [dot(point, right), dot(point, up)];
    flat.set([x, y, dot(point, towards)], at);
    [x0, x1, y0, y1] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y), Math.max(y1, y)];
  }
  const scale = (side * (1 - 2 * margin)) / (Math.max(x1 - x0, y1 - y0) || 1);
  for (let at = 0; at < flat.length; at += 3) {
    flat[at] = (flat[at]! - (x0 + x1) / 2) * scale + side / 2;
    flat[at + 1] = side / 2 - (flat[at + 1]! - (y0 + y1) / 2) * scale;
    flat[at + 2]! *= scale;
  }
  return flat;
}

function fill(
  [a = 0, b = 0, c = 0]: Int32Array,
  positions: Float32Array,
  flat: Float32Array,
  side: number,
  depth: Float32Array,
  normals: Float32Array,
): void {
  const [ax, ay, az] = [flat[3 * a]!, flat[3 * a + 1]!, flat[3 * a + 2]!];
  const [bx, by, bz] = [flat[3 * b]!, flat[3 * b + 1]!, flat[3 * b + 2]!];
  const [cx, cy, cz] = [flat[3 * c]!, flat[3 * c + 1]!, flat[3 * c + 2]!];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
  const normal = normalOf(positions, a, b, c);
  const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5));
  const bottom = Math.min(side - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
  // Shares of the corners and nearness change evenly along a row.
  const [duX, dvX] = [(by - cy) / area, (cy - ay) / area];
  const nearX = duX * az + dvX * bz - (duX + dvX) * cz;
  for (let row = top; row <= bottom; row++) {
    const py = row + 0.5;
    const u0 = (bx * (cy - py) - (by - py) * cx) / area;
    const v0 = (cx * (ay - py) - (cy - py) * ax) / area;
    const [from, to] = span(side, [u0, duX], [v0, dvX], [1 - u0 - v0, -duX - dvX]);
    let near = u0 * az + v0 * bz + (1 - u0 - v0) * cz + nearX * (from + 0.5);
    for (let pixel = row * side + from; pixel <= row * side + to; pixel++, near += nearX) {
      if (near <= depth[pixel]!) continue;
      depth[pixel] = near;
      normals[3 * pixel] = normal[0];
      normals[3 * pixel + 1] = normal[1];
      normals[3 * pixel + 2] = normal[2];
    }
  }
}

/** First and last column whose middle x has base + slope * x >= 0 for all of the lines. */
function span(side: number, ...lines: (readonly [base: number, slope: number])[]): [number, number] {
  let [low, high] = [0, side];
  for (const [base, slope] of lines) {
    if (slope > 0) low = Math.max(low, -base / slope);
    else if (slope < 0) high = Math.min(high, -base / slope);
    else if (base < 0) return [0, -1];
  }
  return [Math.ceil(low - 0.5), Math.min(side - 1, Math.floor(high - 0.5))];
}

function shade(canvas: Canvas, depth: Float32Array, normals: Float32Array): void {
  const { side } = canvas;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const pixel = y * side + x;
      if (depth[pixel] === -Infinity) continue;
      const normal: Vector = [normals[3 * pixel]!, normals[3 * pixel + 1]!, normals[3 * pixel + 2]!];
      // Both sides of a face are lit: files turned inside out are shown, not hidden.
      const facing = dot(normal, towards) < 0 ? -1 : 1;
      const brightness =
        0.46 + 0.5 * Math.max(0, facing * dot(normal, light)) + 0.16 * facing * dot(normal, right);
      const dark = isEdge(pixel, side, x, y, depth, normals, normal) ? 0.55 : 1;
      canvas.set(x, y, [
        colour[0] * brightness * dark * 1.3,
        colour[1] * brightness * dark * 1.3,
        colour[2] * brightness * dark * 1.3,
      ]);
    }
}

function isEdge(
  pixel: number,
  side: number,
  x: number,
  y: number,
  depth: Float32Array,
  normals: Float32Array,
  normal: Vector,
): boolean {
  for (const [other, inside] of [
    [pixel + 1, x + 1 < side],
    [pixel + side, y + 1 < side],
  ] as const) {
    if (!inside || depth[other] === -Infinity) continue;
    const next: Vector = [normals[3 * other]!, normals[3 * other + 1]!, normals[3 * other + 2]!];
    if (Math.abs(dot(normal, next)) < edgeCosine) return true;
    if (Math.abs(depth[other]! - depth[pixel]!) > side / 40) return true;
  }
  return false;
}

function normalOf(p: Float32Array, a: number, b: number, c: number): Vector {
  const edge = (from: number, to: number): Vector => [
    p[3 * to]! - p[3 * from]!,
    p[3 * to + 1]! - p[3 * from + 1]!,
    p[3 * to + 2]! - p[3 * from + 2]!,
  ];
  return unit(cross(edge(a, b), edge(a, c)));
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1;
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

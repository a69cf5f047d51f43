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
  const seen: Seen = {
    depth: new Float32Array(canvas.side ** 2).fill(-Infinity),
    faces: new Int32Array(canvas.side ** 2),
  };
  const { triangles } = mesh;
  for (let face = 0; 3 * face < triangles.length; face++)
    fill(face, triangles.subarray(3 * face, 3 * face + 3), flat, canvas.side, seen);
  shade(canvas, seen, normalsOf(mesh));
  return canvas.png();
}

/** What is seen at each pixel: how near it is (-Infinity: nothing) and of which triangle. */
interface Seen {
  depth: Float32Array;
  faces: Int32Array;
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
  face: number,
  [a = 0, b = 0, c = 0]: Int32Array,
  flat: Float32Array,
  side: number,
  { depth, faces }: Seen,
): void {
  const [ax, ay, az] = [flat[3 * a]!, flat[3 * a + 1]!, flat[3 * a + 2]!];
  const [bx, by, bz] = [flat[3 * b]!, flat[3 * b + 1]!, flat[3 * b + 2]!];
  const [cx, cy, cz] = [flat[3 * c]!, flat[3 * c + 1]!, flat[3 * c + 2]!];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (area === 0) return;
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
      faces[pixel] = face;
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

/** Runs over a million pixels: no objects are made in it. */
function shade(canvas: Canvas, { depth, faces }: Seen, normals: Float32Array): void {
  const { side } = canvas;
  const tones = tonesOf(normals);
  const isEdge = (pixel: number, other: number): boolean => {
    if (depth[other] === -Infinity) return false;
    const face = 3 * faces[pixel]!;
    const next = 3 * faces[other]!;
    if (face !== next) {
      const turn =
        normals[face]! * normals[next]! +
        normals[face + 1]! * normals[next + 1]! +
        normals[face + 2]! * normals[next + 2]!;
      if (Math.abs(turn) < edgeCosine) return true;
    }
    return Math.abs(depth[other]! - depth[pixel]!) > side / 40;
  };
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const pixel = y * side + x;
      if (depth[pixel] === -Infinity) continue;
      const dark =
        (x + 1 < side && isEdge(pixel, pixel + 1)) || (y + 1 < side && isEdge(pixel, pixel + side))
          ? 0.55
          : 1;
      const tone = tones[faces[pixel]!]! * dark * 1.3;
      canvas.set(x, y, colour[0] * tone, colour[1] * tone, colour[2] * tone);
    }
}

/** How bright each triangle is. Both sides of a face are lit: files turned inside out are shown, not hidden. */
function tonesOf(normals: Float32Array): Float64Array {
  return Float64Array.from({ length: normals.length / 3 }, (_, face) => {
    const normal: Vector = [normals[3 * face]!, normals[3 * face + 1]!, normals[3 * face + 2]!];
    const facing = dot(normal, towards) < 0 ? -1 : 1;
    return 0.46 + 0.5 * Math.max(0, facing * dot(normal, light)) + 0.16 * facing * dot(normal, right);
  });
}

function normalsOf({ positions: p, triangles }: IndexedMesh): Float32Array {
  const normals = new Float32Array(triangles.length);
  const edge = (from: number, to: number): Vector => [
    p[3 * to]! - p[3 * from]!,
    p[3 * to + 1]! - p[3 * from + 1]!,
    p[3 * to + 2]! - p[3 * from + 2]!,
  ];
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [triangles[at]!, triangles[at + 1]!, triangles[at + 2]!];
    normals.set(unit(cross(edge(a, b), edge(a, c))), at);
  }
  return normals;
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

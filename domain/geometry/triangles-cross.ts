import type { IndexedMesh } from './triangle-sink.ts';

type Vector = readonly [number, number, number];

/** Crossings shorter than this share of the triangles' size are touches and rounding. */
const leastShare = 1e-6;

/**
 * Whether two triangles run through each other: each one's corners lie on both sides of the other's plane, and their cuts with
 * the line that both planes share overlap by more than rounding (Möller 1997). Triangles that lie in one plane or only touch do
 * not cross.
 */
export function trianglesCross(mesh: IndexedMesh, first: number, second: number): boolean {
  const p = cornersOf(mesh, first);
  const q = cornersOf(mesh, second);
  for (let axis = 0; axis < 3; axis++) {
    const [low, high] = range(p, axis);
    const [otherLow, otherHigh] = range(q, axis);
    if (low > otherHigh || otherLow > high) return false;
  }
  const size = Math.max(...[0, 1, 2].map((axis) => extent(p, axis) + extent(q, axis)));
  const least = size * leastShare;
  const normalP = unitNormal(p);
  const normalQ = unitNormal(q);
  const heightsOfP = p.map((corner) => dot(normalQ, minus(corner, q[0])));
  if (!bothSides(heightsOfP, least)) return false;
  const heightsOfQ = q.map((corner) => dot(normalP, minus(corner, p[0])));
  if (!bothSides(heightsOfQ, least)) return false;
  const line = cross(normalP, normalQ);
  const length = Math.hypot(...line);
  if (length < 1e-9) return false;
  const along: Vector = [line[0] / length, line[1] / length, line[2] / length];
  const [lowP, highP] = cut(p, heightsOfP, along);
  const [lowQ, highQ] = cut(q, heightsOfQ, along);
  return Math.min(highP, highQ) - Math.max(lowP, lowQ) > least;
}

type Corners = readonly [Vector, Vector, Vector];

function cornersOf({ positions, triangles }: IndexedMesh, triangle: number): Corners {
  const corner = (index: number): Vector => {
    const at = triangles[triangle * 3 + index]! * 3;
    return [positions[at]!, positions[at + 1]!, positions[at + 2]!];
  };
  return [corner(0), corner(1), corner(2)];
}

function bothSides(heights: readonly number[], least: number): boolean {
  return heights.some((height) => height > least) && heights.some((height) => height < -least);
}

/** Where the sides that change height pass through 0, measured along the line. */
function cut(corners: Corners, heights: readonly number[], along: Vector): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let side = 0; side < 3; side++) {
    const next = (side + 1) % 3;
    const [from, to] = [heights[side]!, heights[next]!];
    if (from > 0 === to > 0) continue;
    const share = from / (from - to);
    const start = dot(along, corners[side]!);
    const at = start + share * (dot(along, corners[next]!) - start);
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  return [low, high];
}

function range(corners: Corners, axis: number): [number, number] {
  const [a, b, c] = [corners[0][axis]!, corners[1][axis]!, corners[2][axis]!];
  return [Math.min(a, b, c), Math.max(a, b, c)];
}

function extent(corners: Corners, axis: number): number {
  const [low, high] = range(corners, axis);
  return high - low;
}

function unitNormal([a, b, c]: Corners): Vector {
  const [x, y, z] = cross(minus(b, a), minus(c, a));
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

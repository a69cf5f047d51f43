/**
 * Curves of drawings as chains of straight pieces, in the drawing's own unit. Points are flat lists: x0, y0, x1, y1, ...
 * A chain leaves its curve by no more than `toleranceOf` allows; lengths of arcs are exact where the caller asks for them.
 */

/** Segments one curve may be cut into: a hostile radius must not fill the memory. */
const mostSegments = 1024;

export interface Affine {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

export const identity: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** First `inner`, then `outer`. */
export function combined(outer: Affine, inner: Affine): Affine {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  };
}

/** The points moved by the matrix, in a new list. */
export function moved(points: readonly number[], { a, b, c, d, e, f }: Affine): number[] {
  const result = new Array<number>(points.length);
  for (let at = 0; at + 1 < points.length; at += 2) {
    const x = points[at]!;
    const y = points[at + 1]!;
    result[at] = a * x + c * y + e;
    result[at + 1] = b * x + d * y + f;
  }
  return result;
}

/** The largest factor by which the matrix stretches a length. */
export function stretchOf({ a, b, c, d }: Affine): number {
  const half = (a * a + b * b + c * c + d * d) / 2;
  const determinant = a * d - b * c;
  return Math.sqrt(half + Math.sqrt(Math.max(0, half * half - determinant * determinant)));
}

/** How many chords keep an arc of this radius and sweep (rad) within the tolerance. */
export function chordsOf(radius: number, sweep: number, tolerance: number): number {
  if (!(radius > 0) || !Number.isFinite(radius) || !Number.isFinite(sweep)) return 1;
  const step = 2 * Math.acos(Math.max(-1, 1 - Math.min(1, tolerance / radius)));
  // In fours, so that a circle's leftmost, rightmost, lowest and highest points are among them.
  const count = Math.ceil(Math.abs(sweep) / Math.max(step, 1e-6) / 4) * 4;
  return Math.min(mostSegments, Math.max(4, count));
}

export interface EllipseArc {
  cx: number;
  cy: number;
  /** Half axes as vectors: the arc is centre + cos(t) * major + sin(t) * minor. */
  major: readonly [number, number];
  minor: readonly [number, number];
  /** Parameters in rad; `to` may be smaller, then the arc runs clockwise. */
  from: number;
  to: number;
}

export function flattenEllipse(arc: EllipseArc, tolerance: number): number[] {
  const { cx, cy, major, minor, from, to } = arc;
  const radius = Math.max(Math.hypot(...major), Math.hypot(...minor));
  const count = chordsOf(radius, to - from, tolerance);
  const points: number[] = [];
  for (let k = 0; k <= count; k++) {
    const t = from + ((to - from) * k) / count;
    points.push(
      cx + Math.cos(t) * major[0] + Math.sin(t) * minor[0],
      cy + Math.cos(t) * major[1] + Math.sin(t) * minor[1],
    );
  }
  return points;
}

/** An arc of a circle; angles in rad. */
export function flattenArc(
  cx: number,
  cy: number,
  radius: number,
  from: number,
  to: number,
  tolerance: number,
): number[] {
  return flattenEllipse({ cx, cy, major: [radius, 0], minor: [0, radius], from, to }, tolerance);
}

/**
 * The piece of a DXF polyline between two vertices; its bulge is the tangent of a quarter of the arc's sweep (Autodesk DXF
 * reference, group code 42). Answers with the points after the first one, and the exact length.
 */
export function flattenBulge(
  from: readonly [number, number],
  to: readonly [number, number],
  bulge: number,
  tolerance: number,
): { points: number[]; length: number } {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const chord = Math.hypot(dx, dy);
  if (Math.abs(bulge) < 1e-9 || chord === 0) return { points: [to[0], to[1]], length: chord };
  const sweep = 4 * Math.atan(bulge);
  const radius = (chord * (1 + bulge * bulge)) / (4 * Math.abs(bulge));
  // The centre lies on the chord's perpendicular, at (1 - bulge^2) / (4 bulge) chords from its middle.
  const offset = (1 - bulge * bulge) / (4 * bulge);
  const cx = (from[0] + to[0]) / 2 - dy * offset;
  const cy = (from[1] + to[1]) / 2 + dx * offset;
  const start = Math.atan2(from[1] - cy, from[0] - cx);
  const points = flattenArc(cx, cy, radius, start, start + sweep, tolerance).slice(2);
  points[points.length - 2] = to[0];
  points[points.length - 1] = to[1];
  return { points, length: radius * Math.abs(sweep) };
}

/** A cubic Bézier curve; answers with the points after the first one. A quadratic one is raised to a cubic by its caller. */
export function flattenCubic(
  [x0, y0, x1, y1, x2, y2, x3, y3]: readonly [number, number, number, number, number, number, number, number],
  tolerance: number,
): number[] {
  // The deviation of n equal steps is at most |second difference| * 6 / (8 n^2).
  const bend = Math.max(
    Math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2),
    Math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3),
  );
  const wanted = Math.ceil(Math.sqrt((0.75 * bend) / tolerance));
  const count = Math.min(mostSegments, Math.max(1, Number.isFinite(wanted) ? wanted : 1));
  const points: number[] = [];
  for (let k = 1; k < count; k++) {
    const t = k / count;
    const s = 1 - t;
    const [b0, b1, b2, b3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    points.push(b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3, b0 * y0 + b1 * y1 + b2 * y2 + b3 * y3);
  }
  points.push(x3, y3);
  return points;
}

export function lengthOf(points: readonly number[]): number {
  let length = 0;
  for (let at = 2; at + 1 < points.length; at += 2)
    length += Math.hypot(points[at]! - points[at - 2]!, points[at + 1]! - points[at - 1]!);
  return length;
}

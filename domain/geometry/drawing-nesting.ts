/** The outlines of a drawing lie in one another so often that telling inside from outside would take minutes. */
export class DrawingTooComplex extends Error {}

/** Edges looked at while telling what lies in what: about two seconds. */
const mostEdgesLookedAt = 300_000_000;
const mostClosedContours = 50_000;

/**
 * How deep each closed contour lies in the others, and what they enclose when every second level is a hole.
 * Contours that cross each other are taken as if the smaller lay where its first point lies.
 * @throws DrawingTooComplex
 */
export function nestingOf(contours: readonly (readonly number[])[]): { depths: number[]; areaMm2: number } {
  if (contours.length > mostClosedContours) throw new DrawingTooComplex();
  const areas = contours.map(areaOf);
  const bySize = contours.map((_, at) => at).sort((a, b) => areas[b]! - areas[a]!);
  const boxes = new Float64Array(contours.length * 4);
  bySize.forEach((contour, rank) => boxes.set(boxOf(contours[contour]!), rank * 4));
  const depths = new Array<number>(contours.length).fill(0);
  let looked = 0;
  let areaMm2 = 0;
  bySize.forEach((contour, rank) => {
    const x = contours[contour]![0]!;
    const y = contours[contour]![1]!;
    // From the next larger one up: the first that holds the point is the parent.
    for (let other = rank - 1; other >= 0; other--) {
      const at = other * 4;
      if (
        boxes[at]! > boxes[rank * 4]! ||
        boxes[at + 1]! > boxes[rank * 4 + 1]! ||
        boxes[at + 2]! < boxes[rank * 4 + 2]! ||
        boxes[at + 3]! < boxes[rank * 4 + 3]!
      )
        continue;
      const parent = bySize[other]!;
      looked += contours[parent]!.length / 2;
      if (looked > mostEdgesLookedAt) throw new DrawingTooComplex();
      if (!holds(contours[parent]!, x, y)) continue;
      depths[contour] = depths[parent]! + 1;
      break;
    }
    areaMm2 += depths[contour]! % 2 === 0 ? areas[contour]! : -areas[contour]!;
  });
  return { depths, areaMm2: Math.max(0, areaMm2) };
}

/** Enclosed area of a closed contour, never negative. */
export function areaOf(points: readonly number[]): number {
  let twice = 0;
  const count = points.length / 2;
  // About the first point, which keeps the sum exact far from the origin.
  const [ox, oy] = [points[0] ?? 0, points[1] ?? 0];
  for (let k = 1; k + 1 < count; k++)
    twice +=
      (points[2 * k]! - ox) * (points[2 * k + 3]! - oy) -
      (points[2 * k + 2]! - ox) * (points[2 * k + 1]! - oy);
  return Math.abs(twice) / 2;
}

function boxOf(points: readonly number[]): [number, number, number, number] {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    x0 = Math.min(x0, points[at]!);
    y0 = Math.min(y0, points[at + 1]!);
    x1 = Math.max(x1, points[at]!);
    y1 = Math.max(y1, points[at + 1]!);
  }
  return [x0, y0, x1, y1];
}

/** Counts crossings of a ray to the right. */
function holds(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const count = polygon.length / 2;
  for (let k = 0, before = count - 1; k < count; before = k++) {
    const [ax, ay] = [polygon[2 * k]!, polygon[2 * k + 1]!];
    const [bx, by] = [polygon[2 * before]!, polygon[2 * before + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';

/** The undirected edges of a mesh. */
export interface MeshEdges {
  /** The edges of triangle t at 3t (first to second corner), 3t + 1 (second to third), 3t + 2 (third to first). */
  ofTriangle: Int32Array;
  /** The end points of edge e at 2e and 2e + 1, smaller id first. */
  ends: Int32Array;
  count: number;
}

/** Crowded points look their edges up in a map, or a fan of n triangles would cost n squared steps. */
const crowded = 32;

/** Numbers the edges of a mesh, in time that grows with the triangles however they hang together. */
export function numberEdges({ positions, triangles }: IndexedMesh): MeshEdges {
  const sides = triangles.length;
  const firstSide = new Int32Array(positions.length / 3 + 1);
  for (let side = 0; side < sides; side += 3) {
    const [a, b, c] = [triangles[side]!, triangles[side + 1]!, triangles[side + 2]!];
    firstSide[Math.min(a, b) + 1]!++;
    firstSide[Math.min(b, c) + 1]!++;
    firstSide[Math.min(c, a) + 1]!++;
  }
  for (let point = 1; point < firstSide.length; point++) firstSide[point]! += firstSide[point - 1]!;
  const free = firstSide.slice();
  const sorted = new Int32Array(sides);
  const others = new Int32Array(sides);
  const sort = (side: number, from: number, to: number) => {
    const place = free[Math.min(from, to)]!++;
    sorted[place] = side;
    others[place] = Math.max(from, to);
  };
  for (let side = 0; side < sides; side += 3) {
    const [a, b, c] = [triangles[side]!, triangles[side + 1]!, triangles[side + 2]!];
    sort(side, a, b);
    sort(side + 1, b, c);
    sort(side + 2, c, a);
  }
  const ofTriangle = new Int32Array(sides);
  const ends = new Int32Array(sides * 2);
  let count = 0;
  for (let point = 0; point + 1 < firstSide.length; point++) {
    const from = firstSide[point]!;
    const to = firstSide[point + 1]!;
    const known = to - from > crowded ? new Map<number, number>() : undefined;
    const firstEdge = count;
    for (let at = from; at < to; at++) {
      const other = others[at]!;
      let edge = known ? (known.get(other) ?? count) : firstEdge;
      if (!known) while (edge < count && ends[edge * 2 + 1] !== other) edge++;
      if (edge === count) {
        ends[edge * 2] = point;
        ends[edge * 2 + 1] = other;
        known?.set(other, edge);
        count++;
      }
      ofTriangle[sorted[at]!] = edge;
    }
  }
  return { ofTriangle, ends: ends.subarray(0, count * 2), count };
}

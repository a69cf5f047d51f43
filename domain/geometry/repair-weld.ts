import { MeshTopology } from './mesh-topology.ts';
import { PointGrid } from './point-grid.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/**
 * Joins the end points of open edges that lie within the tolerance, then leaves out faces that lost their area by it and faces
 * that repeat another one with the same winding. The mesh given stays as it is.
 */
export function weldRims(
  { positions, triangles }: IndexedMesh,
  toleranceMm: number,
): { mesh: IndexedMesh; joinedPoints: number; removedFaces: number } {
  const topology = new MeshTopology(triangles);
  const grid = new PointGrid((vertex, axis) => positions[vertex * 3 + axis]!, toleranceMm);
  const kept = new Map<number, number>();
  for (let side = 0; side < triangles.length; side++) {
    if (topology.sidesOnEdge[topology.edgeOfSide[side]!] !== 1) continue;
    for (const vertex of [topology.from(side), topology.to(side)])
      if (!kept.has(vertex)) kept.set(vertex, toleranceMm > 0 ? grid.nearOrAdd(vertex) : vertex);
  }
  const joined = triangles.map((vertex) => kept.get(vertex) ?? vertex);
  const seen = new Set<string>();
  const faces: number[] = [];
  for (let at = 0; at < joined.length; at += 3) {
    const [a, b, c] = [joined[at]!, joined[at + 1]!, joined[at + 2]!];
    if (a === b || b === c || c === a) continue;
    // Begun at its lowest corner, a face has one name per winding.
    const name = a < b && a < c ? `${a},${b},${c}` : b < c ? `${b},${c},${a}` : `${c},${a},${b}`;
    if (seen.has(name)) continue;
    seen.add(name);
    faces.push(a, b, c);
  }
  let joinedPoints = 0;
  for (const [vertex, representative] of kept) if (vertex !== representative) joinedPoints++;
  return {
    mesh: { positions, triangles: Int32Array.from(faces) },
    joinedPoints,
    removedFaces: (joined.length - faces.length) / 3,
  };
}

import { MeshTopology, type Side } from './mesh-topology.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/** A hole wider than this share of the part's diagonal may be meant: it is left open. */
const smallShareOfDiagonal = 0.1;
const mostSides = 200;

/**
 * Closes holes that one missing face left, and others that are small beside the part, by a fan around their middle. Neighbours
 * must agree in their winding already. The mesh given stays as it is.
 */
export function closeSmallHoles(mesh: IndexedMesh): { mesh: IndexedMesh; closed: number } {
  const positions = [...mesh.positions];
  const triangles = [...mesh.triangles];
  const widest = diagonalOf(mesh.positions) * smallShareOfDiagonal;
  let closed = 0;
  for (const rim of findRims(mesh.triangles)) {
    if (rim.length > 3 && extentOf(mesh.positions, rim) > widest) continue;
    closed++;
    if (rim.length === 3) {
      triangles.push(rim[2]!, rim[1]!, rim[0]!);
      continue;
    }
    const middle = positions.length / 3;
    for (let axis = 0; axis < 3; axis++)
      positions.push(rim.reduce((sum, vertex) => sum + mesh.positions[vertex * 3 + axis]!, 0) / rim.length);
    rim.forEach((vertex, index) => triangles.push(rim[(index + 1) % rim.length]!, vertex, middle));
  }
  if (closed === 0) return { mesh, closed };
  return {
    mesh: { positions: Float32Array.from(positions), triangles: Int32Array.from(triangles) },
    closed,
  };
}

/** Closed rounds of open sides as the faces run, each by its vertices. */
function findRims(triangles: Int32Array): number[][] {
  const topology = new MeshTopology(triangles);
  const walked = new Uint8Array(triangles.length);
  const rims: number[][] = [];
  for (let start = 0; start < triangles.length; start++) {
    if (walked[start] || !isOpen(topology, start)) continue;
    const rim: number[] = [];
    let side: Side = start;
    while (side >= 0 && !walked[side] && rim.length <= mostSides) {
      walked[side] = 1;
      // Holes that meet in a vertex are walked in one go: back at the vertex, one of them is complete.
      const again = rim.indexOf(topology.from(side));
      if (again >= 0) keepRim(rims, rim.splice(again));
      rim.push(topology.from(side));
      side = nextOpenSide(topology, side);
    }
    if (side === start) keepRim(rims, rim);
  }
  return rims;
}

function keepRim(rims: number[][], rim: number[]): void {
  if (rim.length >= 3) rims.push(rim);
}

function isOpen(topology: MeshTopology, side: Side): boolean {
  return topology.sidesOnEdge[topology.edgeOfSide[side]!] === 1;
}

/** Turns about the side's end through the faces there until the next open side; -1 where faces do not pair up. */
function nextOpenSide(topology: MeshTopology, side: Side): Side {
  let next = following(side);
  for (let turned = 0; turned < mostSides; turned++) {
    if (isOpen(topology, next)) return next;
    const opposite = topology.opposite(next);
    if (opposite < 0) return -1;
    next = following(opposite);
  }
  return -1;
}

/** The next side of the same face. */
function following(side: Side): Side {
  return side % 3 === 2 ? side - 2 : side + 1;
}

function diagonalOf(positions: Float32Array): number {
  return extentOf(
    positions,
    Array.from({ length: positions.length / 3 }, (_, vertex) => vertex),
  );
}

/** Diagonal of the box around some vertices. */
function extentOf(positions: Float32Array, vertices: readonly number[]): number {
  const lengths = [0, 1, 2].map((axis) => {
    let low = Infinity;
    let high = -Infinity;
    for (const vertex of vertices) {
      low = Math.min(low, positions[vertex * 3 + axis]!);
      high = Math.max(high, positions[vertex * 3 + axis]!);
    }
    return high - low;
  });
  return Math.hypot(...lengths);
}

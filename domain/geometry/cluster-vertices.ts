import { boundsOf } from './bounds.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/** Cells along the longest side: 2^10 in each direction number a cell within 30 bits. */
const mostCells = 1023;

/**
 * Thins a mesh: the vertices of each cell of a grid become one, in their middle; triangles that lose a corner go. The grid is
 * the finest that leaves no more than `mostVertices`.
 */
export function clusterVertices(mesh: IndexedMesh, mostVertices: number): IndexedMesh {
  const { low, size } = boundsOf(mesh.positions);
  const longest = Math.max(...size) || 1;
  const ids = new Int32Array(mesh.positions.length / 3);
  const grid = (cells: number) => numberCells(mesh.positions, low, cells / longest, mostVertices, ids);
  let [fits, tooFine] = [1, mostCells + 1];
  while (tooFine - fits > Math.max(1, fits / 50)) {
    const middle = Math.floor((fits + tooFine) / 2);
    if (grid(middle) === undefined) tooFine = middle;
    else fits = middle;
  }
  const count = grid(fits)!;
  return { positions: middles(mesh.positions, ids, count), triangles: keptTriangles(mesh.triangles, ids) };
}

/** Numbers the occupied cells from 0 and notes each vertex's; undefined as soon as there are too many. */
function numberCells(
  positions: Float32Array,
  low: readonly number[],
  cellsPerMm: number,
  most: number,
  ids: Int32Array,
): number | undefined {
  const slots = 1 << Math.ceil(Math.log2(most * 2 + 2));
  const keys = new Int32Array(slots).fill(-1);
  const numbers = new Int32Array(slots);
  let count = 0;
  for (let vertex = 0; vertex < ids.length; vertex++) {
    const x = Math.floor((positions[3 * vertex]! - low[0]!) * cellsPerMm);
    const y = Math.floor((positions[3 * vertex + 1]! - low[1]!) * cellsPerMm);
    const z = Math.floor((positions[3 * vertex + 2]! - low[2]!) * cellsPerMm);
    const key = x | (y << 10) | (z << 20);
    let slot = Math.imul(key ^ (key >>> 15), 0x2c1b3c6d) & (slots - 1);
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (slots - 1);
    if (keys[slot] === -1) {
      if (count >= most) return undefined;
      keys[slot] = key;
      numbers[slot] = count++;
    }
    ids[vertex] = numbers[slot]!;
  }
  return count;
}

function middles(positions: Float32Array, ids: Int32Array, count: number): Float32Array {
  const sums = new Float64Array(count * 3);
  const members = new Int32Array(count);
  for (let vertex = 0; vertex < ids.length; vertex++) {
    const id = ids[vertex]!;
    members[id]!++;
    for (let axis = 0; axis < 3; axis++) sums[3 * id + axis]! += positions[3 * vertex + axis]!;
  }
  return Float32Array.from(sums, (sum, at) => sum / members[Math.floor(at / 3)]!);
}

function keptTriangles(triangles: Int32Array, ids: Int32Array): Int32Array {
  const kept = new Int32Array(triangles.length);
  let count = 0;
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [ids[triangles[at]!]!, ids[triangles[at + 1]!]!, ids[triangles[at + 2]!]!];
    if (a === b || b === c || c === a) continue;
    kept[count++] = a;
    kept[count++] = b;
    kept[count++] = c;
  }
  return kept.slice(0, count);
}

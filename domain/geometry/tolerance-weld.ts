import type { EdgeTable } from './edge-table.ts';
import type { VertexWeld } from './vertex-weld.ts';

/** What becomes of the open edges when near points count as one. */
export interface ToleranceWeld {
  openEdges: number;
  /** Joined edges whose faces do not pair up by direction. */
  unbalancedEdges: number;
}

/**
 * Joins the end points of open edges that lie within `toleranceMm` of each other, and counts the edges between such points
 * again. Nothing else is touched: joining all points would destroy fine detail for no gain.
 * @param open told the ends of each edge that stays open, as vertex ids
 */
export function weldOpenEdges(
  weld: VertexWeld,
  edges: EdgeTable,
  toleranceMm: number,
  open: (from: number, to: number) => void,
): ToleranceWeld {
  const representative = new Int32Array(weld.count).fill(-1);
  const grid = new PointGrid(weld, toleranceMm);
  const join = (vertex: number) => {
    if (representative[vertex] === -1) representative[vertex] = grid.nearOrAdd(vertex);
  };
  edges.visit((from, to, forward, backward) => {
    if (forward + backward !== 1) return;
    join(from);
    join(to);
  });

  const joined = new Map<
    number,
    { from: number; to: number; forward: number; backward: number; records: number }
  >();
  edges.visit((from, to, forward, backward) => {
    const start = representative[from]!;
    const end = representative[to]!;
    if (start < 0 || end < 0 || start === end) return;
    const flipped = start > end;
    const key = flipped ? end * weld.count + start : start * weld.count + end;
    const group = joined.get(key) ?? { from, to, forward: 0, backward: 0, records: 0 };
    group.forward += flipped ? backward : forward;
    group.backward += flipped ? forward : backward;
    group.records++;
    joined.set(key, group);
  });

  const result: ToleranceWeld = { openEdges: 0, unbalancedEdges: 0 };
  for (const group of joined.values()) {
    if (group.forward + group.backward === 1) {
      result.openEdges++;
      open(group.from, group.to);
    } else if (group.records > 1 && group.forward !== group.backward) result.unbalancedEdges++;
  }
  return result;
}

/** Points kept at least the tolerance apart, in cells as wide as the tolerance: a cell can hold only a few. */
class PointGrid {
  readonly #weld: VertexWeld;
  readonly #cellMm: number;
  readonly #cells = new Map<number, number[]>();

  constructor(weld: VertexWeld, cellMm: number) {
    this.#weld = weld;
    this.#cellMm = cellMm;
  }

  /** The kept point within the tolerance of this one, or this one, now kept. */
  nearOrAdd(vertex: number): number {
    const cell = [0, 1, 2].map((axis) => Math.floor(this.#weld.coordinate(vertex, axis) / this.#cellMm));
    const [x, y, z] = cell as [number, number, number];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dz = -1; dz <= 1; dz++) {
          for (const kept of this.#cells.get(cellKey(x + dx, y + dy, z + dz)) ?? []) {
            if (this.#near(kept, vertex)) return kept;
          }
        }
      }
    }
    const key = cellKey(x, y, z);
    const here = this.#cells.get(key);
    if (here === undefined) this.#cells.set(key, [vertex]);
    else here.push(vertex);
    return vertex;
  }

  #near(a: number, b: number): boolean {
    let squared = 0;
    for (let axis = 0; axis < 3; axis++) {
      const apart = this.#weld.coordinate(a, axis) - this.#weld.coordinate(b, axis);
      squared += apart * apart;
    }
    return squared <= this.#cellMm * this.#cellMm;
  }
}

/** Cells that collide only cost a comparison: every candidate's real distance is looked at. */
function cellKey(x: number, y: number, z: number): number {
  const hash = Math.imul(x, 0x9e37_79b1) ^ Math.imul(y, 0x85eb_ca6b) ^ Math.imul(z, 0xc2b2_ae35);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d) >>> 0;
}

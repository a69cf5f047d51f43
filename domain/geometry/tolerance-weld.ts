import type { MeshCore } from './mesh-core.ts';
import { PointGrid } from './point-grid.ts';

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
  core: MeshCore,
  toleranceMm: number,
  open: (from: number, to: number) => void,
): ToleranceWeld {
  const representative = new Int32Array(core.points).fill(-1);
  const grid = new PointGrid((vertex, axis) => core.coordinate(vertex, axis), toleranceMm);
  const join = (vertex: number) => {
    if (representative[vertex] === -1) representative[vertex] = grid.nearOrAdd(vertex);
  };
  core.edges.visit(core.points, (from, to, forward, backward) => {
    if (forward + backward !== 1) return;
    join(from);
    join(to);
  });

  const joined = new Map<
    number,
    { from: number; to: number; forward: number; backward: number; records: number }
  >();
  core.edges.visit(core.points, (from, to, forward, backward) => {
    const start = representative[from]!;
    const end = representative[to]!;
    if (start < 0 || end < 0 || start === end) return;
    const flipped = start > end;
    const key = flipped ? end * core.points + start : start * core.points + end;
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

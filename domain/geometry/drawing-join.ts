interface Line {
  points: readonly number[];
  closed: boolean;
  lengthMm: number;
}

/** Joins lines whose ends lie within the tolerance into chains; a chain that comes back to its start is closed. Where more than two lines meet, the straightest way goes on. */
export function joinPieces(pieces: readonly Line[], toleranceMm: number): Line[] {
  const result: Line[] = [];
  const open: Line[] = [];
  for (const piece of pieces) {
    if (piece.closed) result.push(piece);
    else if (endsMeet(piece, toleranceMm)) result.push(closedUp(piece));
    else open.push(piece);
  }
  const nodes = new NodeGrid(toleranceMm);
  /** Node of the start (2i) and end (2i + 1) of line i. */
  const nodeOf = new Int32Array(open.length * 2);
  const at: number[][] = [];
  open.forEach(({ points }, line) => {
    for (const end of [0, 1]) {
      const node = nodes.idOf(points.at(end === 0 ? 0 : -2)!, points.at(end === 0 ? 1 : -1)!);
      nodeOf[2 * line + end] = node;
      (at[node] ??= []).push(2 * line + end);
    }
  });
  const used = new Uint8Array(open.length);
  const finish = (halves: readonly number[], closed: boolean) => {
    const chain = chained(halves, open);
    result.push(closed && chain.points.length > 4 ? closedUp(chain) : chain);
  };
  const walk = (first: number) => {
    let path: number[] = [];
    // Where in the path each node was passed: coming back to one closes a loop there, whatever else meets in it.
    const passed = new Map([[nodeOf[first]!, 0]]);
    for (let half: number | undefined = first; half !== undefined;) {
      used[half >> 1] = 1;
      path.push(half);
      const node: number = nodeOf[half ^ 1]!;
      const loopFrom = passed.get(node);
      const direction = leaving(open[half >> 1]!.points, (half & 1) === 0);
      if (loopFrom === undefined) passed.set(node, path.length);
      else {
        for (const each of path.slice(loopFrom))
          if (nodeOf[each ^ 1] !== node) passed.delete(nodeOf[each ^ 1]!);
        finish(path.slice(loopFrom), true);
        path = path.slice(0, loopFrom);
      }
      half = nextHalf(at[node]!, used, open, [-direction[0], -direction[1]]);
    }
    if (path.length > 0) finish(path, false);
  };
  // Free ends first: a walk that began in the middle of an open chain would cut it in two.
  for (let half = 0; half < nodeOf.length; half++)
    if (!used[half >> 1] && at[nodeOf[half]!]!.length % 2 === 1) walk(half);
  for (let half = 0; half < nodeOf.length; half += 2) if (!used[half >> 1]) walk(half);
  return result;
}

/** The unused line that leaves the node most straight on, as the half it is entered by. */
function nextHalf(
  halves: readonly number[],
  used: Uint8Array,
  lines: readonly Line[],
  [dx, dy]: readonly [number, number],
): number | undefined {
  let best: number | undefined;
  let bestTurn = -Infinity;
  for (const half of halves) {
    if (used[half >> 1]) continue;
    const [ex, ey] = leaving(lines[half >> 1]!.points, (half & 1) === 1);
    const turn = dx * ex + dy * ey;
    if (turn > bestTurn) [best, bestTurn] = [half, turn];
  }
  return best;
}

/** Direction in which a line is left from its start, or from its end when walked backwards; of length 1, or 0 for a dot. */
function leaving(points: readonly number[], backwards: boolean): [number, number] {
  const last = points.length - 2;
  const [from, to] = backwards ? [last, last - 2] : [0, 2];
  const dx = points[to]! - points[from]!;
  const dy = points[to + 1]! - points[from + 1]!;
  const length = Math.hypot(dx, dy) || 1;
  return [dx / length, dy / length];
}

/** The lines one after the other, each from the half it is entered by. */
function chained(halves: readonly number[], lines: readonly Line[]): Line {
  const points: number[] = [];
  let lengthMm = 0;
  for (const half of halves) {
    const line = lines[half >> 1]!;
    lengthMm += line.lengthMm;
    const count = line.points.length / 2;
    // The first point of every further line is the last one of the chain.
    for (let k = points.length === 0 ? 0 : 1; k < count; k++) {
      const from = 2 * ((half & 1) === 1 ? count - 1 - k : k);
      points.push(line.points[from]!, line.points[from + 1]!);
    }
  }
  return { points, closed: false, lengthMm };
}

function endsMeet({ points, lengthMm }: Line, toleranceMm: number): boolean {
  return (
    points.length > 4 &&
    lengthMm > 4 * toleranceMm &&
    Math.hypot(points.at(-2)! - points[0]!, points.at(-1)! - points[1]!) <= toleranceMm
  );
}

/** Without the last point, which repeats the first. */
const closedUp = ({ points, lengthMm }: Line): Line => ({
  points: points.slice(0, -2),
  closed: true,
  lengthMm,
});

/** Gives points within the tolerance one number. */
class NodeGrid {
  readonly #cells = new Map<string, number[]>();
  readonly #coordinates: number[] = [];
  readonly #tolerance: number;

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  idOf(x: number, y: number): number {
    const [cx, cy] = [Math.floor(x / this.#tolerance), Math.floor(y / this.#tolerance)];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const id of this.#cells.get(`${cx + dx} ${cy + dy}`) ?? [])
          if (
            Math.hypot(this.#coordinates[2 * id]! - x, this.#coordinates[2 * id + 1]! - y) <= this.#tolerance
          )
            return id;
    const id = this.#coordinates.length / 2;
    this.#coordinates.push(x, y);
    const cell = this.#cells.get(`${cx} ${cy}`);
    if (cell) cell.push(id);
    else this.#cells.set(`${cx} ${cy}`, [id]);
    return id;
  }
}

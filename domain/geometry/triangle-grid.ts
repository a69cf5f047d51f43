import type { IndexedMesh } from './triangle-sink.ts';

const mostCells = 1 << 20;
/** Long triangles stand in many cells; a grid this full is made coarser. */
const mostEntriesPerTriangle = 12;

/** What a ray met. */
export interface RayHit {
  triangle: number;
  /** Along the ray, in lengths of its direction. */
  distance: number;
}

/** Triangles by the cells of a regular grid that their boxes touch: near ones are found without looking at all. */
export class TriangleGrid {
  readonly mesh: IndexedMesh;
  /** How many triangles rays were tested against so far. */
  tests = 0;
  readonly #min: [number, number, number] = [Infinity, Infinity, Infinity];
  readonly #cell: number;
  readonly #dimensions: [number, number, number];
  /** Where each cell's triangles begin in `#entries`; the next cell's start ends them. */
  readonly #starts: Int32Array;
  readonly #entries: Int32Array;

  constructor(mesh: IndexedMesh) {
    this.mesh = mesh;
    const { positions } = mesh;
    const max = [-Infinity, -Infinity, -Infinity];
    for (let at = 0; at < positions.length; at++) {
      const axis = at % 3;
      const value = positions[at]!;
      if (value < this.#min[axis]!) this.#min[axis] = value;
      if (value > max[axis]!) max[axis] = value;
    }
    const size = max.map((high, axis) => Math.max(high - this.#min[axis]!, 1e-9));
    const triangles = mesh.triangles.length / 3;
    // Surfaces fill the cells of a plane, not of a volume: as many cells along the longest side as half the root of the count.
    let along = Math.max(1, Math.min(256, Math.ceil(Math.sqrt(triangles) / 2)));
    for (;;) {
      const cell = Math.max(...size) / along;
      const dimensions = size.map((length) => Math.max(1, Math.ceil(length / cell))) as [
        number,
        number,
        number,
      ];
      const cells = dimensions[0] * dimensions[1] * dimensions[2];
      const most = along === 1 ? Infinity : mostEntriesPerTriangle * triangles + 1000;
      const starts =
        cells <= mostCells ? countEntries(mesh, { min: this.#min, cell, dimensions }, most) : undefined;
      if (starts) {
        this.#cell = cell;
        this.#dimensions = dimensions;
        this.#starts = starts;
        break;
      }
      along = Math.max(1, along >> 1);
    }
    this.#entries = this.#fill();
  }

  /** The triangles of each cell that holds at least two. */
  *crowdedCells(): Generator<Int32Array> {
    for (let cell = 0; cell + 1 < this.#starts.length; cell++) {
      const from = this.#starts[cell]!;
      const to = this.#starts[cell + 1]!;
      if (to - from > 1) yield this.#entries.subarray(from, to);
    }
  }

  /**
   * The first triangle that a ray from inside the box meets behind `least`, other than `except`.
   * @param origin @param direction of length 1
   */
  firstHit(
    origin: readonly [number, number, number],
    direction: readonly [number, number, number],
    least: number,
    except: number,
  ): RayHit | undefined {
    const at = [0, 1, 2].map((axis) => this.#cellOf(origin[axis]!, axis)) as [number, number, number];
    const step = direction.map(Math.sign) as [number, number, number];
    const next = [0, 1, 2].map((axis) => this.#crossing(origin, direction, at, axis)) as [
      number,
      number,
      number,
    ];
    const [nx, ny, nz] = this.#dimensions;
    for (;;) {
      const leaves = Math.min(next[0], next[1], next[2]);
      const cell = (at[2] * ny + at[1]) * nx + at[0];
      let best: RayHit | undefined;
      for (let entry = this.#starts[cell]!; entry < this.#starts[cell + 1]!; entry++) {
        const triangle = this.#entries[entry]!;
        if (triangle === except) continue;
        this.tests++;
        const distance = distanceToTriangle(this.mesh, triangle, origin, direction);
        if (distance > least && distance < (best?.distance ?? Infinity)) best = { triangle, distance };
      }
      // A triangle of this cell may be met only beyond it, where a nearer one can stand in the way.
      if (best && best.distance <= leaves * (1 + 1e-12)) return best;
      const axis = next[0] === leaves ? 0 : next[1] === leaves ? 1 : 2;
      if (leaves === Infinity) return best;
      at[axis] += step[axis];
      if (at[axis] < 0 || at[axis] >= [nx, ny, nz][axis]!) return undefined;
      next[axis] = this.#crossing(origin, direction, at, axis);
    }
  }

  /** How far along the ray the cell ends on an axis. */
  #crossing(
    origin: readonly number[],
    direction: readonly number[],
    at: readonly number[],
    axis: number,
  ): number {
    const along = direction[axis]!;
    if (along === 0) return Infinity;
    const border = this.#min[axis]! + (at[axis]! + (along > 0 ? 1 : 0)) * this.#cell;
    return (border - origin[axis]!) / along;
  }

  #cellOf(value: number, axis: number): number {
    return cellIndex(value, this.#min[axis]!, this.#cell, this.#dimensions[axis]!);
  }

  #fill(): Int32Array {
    const entries = new Int32Array(this.#starts.at(-1)!);
    const free = this.#starts.slice();
    const lattice = { min: this.#min, cell: this.#cell, dimensions: this.#dimensions };
    visitCells(this.mesh, lattice, (cell, triangle) => {
      entries[free[cell]!++] = triangle;
    });
    return entries;
  }
}

interface Lattice {
  min: readonly number[];
  cell: number;
  dimensions: readonly [number, number, number];
}

/** Where each cell's entries begin; undefined when there would be more than `most`. */
function countEntries(mesh: IndexedMesh, lattice: Lattice, most: number): Int32Array | undefined {
  let entries = 0;
  for (let triangle = 0; triangle * 3 < mesh.triangles.length; triangle++) {
    const [x0, y0, z0, x1, y1, z1] = cellsOf(mesh, triangle, lattice);
    entries += (x1 - x0 + 1) * (y1 - y0 + 1) * (z1 - z0 + 1);
    if (entries > most) return undefined;
  }
  const [nx, ny, nz] = lattice.dimensions;
  const starts = new Int32Array(nx * ny * nz + 1);
  visitCells(mesh, lattice, (index) => {
    starts[index + 1]!++;
  });
  for (let index = 1; index < starts.length; index++) starts[index]! += starts[index - 1]!;
  return starts;
}

function visitCells(
  mesh: IndexedMesh,
  lattice: Lattice,
  visit: (cell: number, triangle: number) => void,
): void {
  const [nx, ny] = lattice.dimensions;
  for (let triangle = 0; triangle * 3 < mesh.triangles.length; triangle++) {
    const [x0, y0, z0, x1, y1, z1] = cellsOf(mesh, triangle, lattice);
    for (let z = z0; z <= z1; z++) {
      for (let y = y0; y <= y1; y++) {
        for (let x = x0; x <= x1; x++) visit((z * ny + y) * nx + x, triangle);
      }
    }
  }
}

type CellRange = [number, number, number, number, number, number];
const range: CellRange = [0, 0, 0, 0, 0, 0];

/** First and last cell of the triangle's box on each axis. The array is used again by the next call. */
function cellsOf(
  { positions, triangles }: IndexedMesh,
  triangle: number,
  { min, cell, dimensions }: Lattice,
): CellRange {
  const a = triangles[triangle * 3]! * 3;
  const b = triangles[triangle * 3 + 1]! * 3;
  const c = triangles[triangle * 3 + 2]! * 3;
  for (let axis = 0; axis < 3; axis++) {
    const p = positions[a + axis]!;
    const q = positions[b + axis]!;
    const r = positions[c + axis]!;
    range[axis] = cellIndex(Math.min(p, q, r), min[axis]!, cell, dimensions[axis]!);
    range[axis + 3] = cellIndex(Math.max(p, q, r), min[axis]!, cell, dimensions[axis]!);
  }
  return range;
}

function cellIndex(value: number, min: number, cell: number, cells: number): number {
  return Math.max(0, Math.min(cells - 1, Math.floor((value - min) / cell)));
}

/** Distance along the ray to a triangle, Infinity when it passes by (Möller and Trumbore 1997). */
function distanceToTriangle(
  { positions, triangles }: IndexedMesh,
  triangle: number,
  [ox, oy, oz]: readonly [number, number, number],
  [dx, dy, dz]: readonly [number, number, number],
): number {
  const a = triangles[triangle * 3]! * 3;
  const b = triangles[triangle * 3 + 1]! * 3;
  const c = triangles[triangle * 3 + 2]! * 3;
  const ax = positions[a]!;
  const ay = positions[a + 1]!;
  const az = positions[a + 2]!;
  const ux = positions[b]! - ax;
  const uy = positions[b + 1]! - ay;
  const uz = positions[b + 2]! - az;
  const vx = positions[c]! - ax;
  const vy = positions[c + 1]! - ay;
  const vz = positions[c + 2]! - az;
  const px = dy * vz - dz * vy;
  const py = dz * vx - dx * vz;
  const pz = dx * vy - dy * vx;
  const determinant = ux * px + uy * py + uz * pz;
  if (determinant === 0) return Infinity;
  const sx = ox - ax;
  const sy = oy - ay;
  const sz = oz - az;
  const u = (sx * px + sy * py + sz * pz) / determinant;
  if (!(u >= 0 && u <= 1)) return Infinity;
  const qx = sy * uz - sz * uy;
  const qy = sz * ux - sx * uz;
  const qz = sx * uy - sy * ux;
  const v = (dx * qx + dy * qy + dz * qz) / determinant;
  if (!(v >= 0 && u + v <= 1)) return Infinity;
  return (vx * qx + vy * qy + vz * qz) / determinant;
}

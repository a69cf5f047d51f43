/** Points kept at least the tolerance apart, in cells as wide as the tolerance: a cell can hold only a few. */
export class PointGrid {
  readonly #coordinate: (point: number, axis: number) => number;
  readonly #cellMm: number;
  readonly #cells = new Map<number, number[]>();

  /** @param coordinate of a point by its number @param cellMm the tolerance */
  constructor(coordinate: (point: number, axis: number) => number, cellMm: number) {
    this.#coordinate = coordinate;
    this.#cellMm = cellMm;
  }

  /** The kept point within the tolerance of this one, or this one, now kept. */
  nearOrAdd(vertex: number): number {
    const cell = [0, 1, 2].map((axis) => Math.floor(this.#coordinate(vertex, axis) / this.#cellMm));
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
      const apart = this.#coordinate(a, axis) - this.#coordinate(b, axis);
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

import { grown } from './growable.ts';

const cacheSlots = 4096;
const negativeZero = -0x8000_0000;

/**
 * Gives equal points one id. Points are compared by the bits of their float32 coordinates, with -0 taken as +0: exact, so the
 * answer does not depend on the order of the file. A small cache of recent points stands before the table, because
 * neighbouring triangles share corners and the table does not fit the processor's cache.
 */
export class VertexWeld {
  count = 0;
  #bits: Int32Array<ArrayBuffer>;
  #floats: Float32Array<ArrayBuffer>;
  #table: Int32Array;
  readonly #recent = new Int32Array(cacheSlots).fill(-1);

  /** @param expected how many different points to make room for at the start */
  constructor(expected: number) {
    this.#bits = new Int32Array(Math.max(16, expected) * 3);
    this.#floats = new Float32Array(this.#bits.buffer);
    let slots = 64;
    while (slots < expected * 1.5) slots *= 2;
    this.#table = new Int32Array(slots);
  }

  /**
   * Writes the id of each point to `ids`.
   * @param coordinates bits of three float32 per point
   */
  idsOf(coordinates: Int32Array, points: number, ids: Int32Array): void {
    this.#makeRoom(points);
    const bits = this.#bits;
    const table = this.#table;
    const mask = table.length - 1;
    const recent = this.#recent;
    let count = this.count;
    for (let point = 0; point < points; point++) {
      let x = coordinates[point * 3]!;
      let y = coordinates[point * 3 + 1]!;
      let z = coordinates[point * 3 + 2]!;
      if (x === negativeZero) x = 0;
      if (y === negativeZero) y = 0;
      if (z === negativeZero) z = 0;
      const hash = mix(x, y, z);
      const recentSlot = hash & (cacheSlots - 1);
      let id = recent[recentSlot]!;
      if (id < 0 || bits[id * 3] !== x || bits[id * 3 + 1] !== y || bits[id * 3 + 2] !== z) {
        let slot = (hash >>> 7) & mask;
        for (;;) {
          id = table[slot]! - 1;
          if (id < 0) {
            id = count++;
            bits[id * 3] = x;
            bits[id * 3 + 1] = y;
            bits[id * 3 + 2] = z;
            table[slot] = id + 1;
            break;
          }
          if (bits[id * 3] === x && bits[id * 3 + 1] === y && bits[id * 3 + 2] === z) break;
          slot = (slot + 1) & mask;
        }
        recent[recentSlot] = id;
      }
      ids[point] = id;
    }
    this.count = count;
  }

  /** A coordinate of a welded point in mm; axis is 0, 1 or 2. */
  coordinate(id: number, axis: number): number {
    return this.#floats[id * 3 + axis]!;
  }

  /** x y z of each point, mm. */
  positions(): Float32Array<ArrayBuffer> {
    return this.#floats.subarray(0, this.count * 3);
  }

  #makeRoom(points: number): void {
    const needed = this.count + points;
    if (needed * 3 > this.#bits.length) {
      this.#bits = grown(this.#bits, needed * 3);
      this.#floats = new Float32Array(this.#bits.buffer);
    }
    if (this.count * 1.4 + points > this.#table.length) this.#rehash(this.#table.length * 2);
  }

  #rehash(slots: number): void {
    const mask = slots - 1;
    const table = new Int32Array(slots);
    const bits = this.#bits;
    for (let id = 0; id < this.count; id++) {
      let slot = (mix(bits[id * 3]!, bits[id * 3 + 1]!, bits[id * 3 + 2]!) >>> 7) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.#table = table;
  }
}

function mix(x: number, y: number, z: number): number {
  let hash = Math.imul(x, 0x9e37_79b1) ^ Math.imul(y, 0x85eb_ca6b) ^ Math.imul(z, 0xc2b2_ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return hash ^ (hash >>> 13);
}

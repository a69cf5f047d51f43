import { grown } from './growable.ts';

const cacheSlots = 4096;
const negativeZero = -0x8000_0000;

function mix(x: number, y: number, z: number): number {
  let hash = Math.imul(x, 0x9e37_79b1) ^ Math.imul(y, 0x85eb_ca6b) ^ Math.imul(z, 0xc2b2_ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Gives equal points one id. Points are compared by the bits of their float32 coordinates, with -0 taken as +0: exact, so the
 * answer does not depend on the order of the file. A small cache of recent points stands before the table, because
 * neighbouring triangles share corners and the table does not fit the processor's cache.
 */
export class VertexWeld {
  count = 0;
  #bits: Int32Array<ArrayBuffer>;
  #floats: Float32Array;
  #table: Int32Array;
  #mask: number;
  readonly #recent = new Int32Array(cacheSlots).fill(-1);

  /** @param expected how many different points to make room for at the start */
  constructor(expected: number) {
    this.#bits = new Int32Array(Math.max(16, expected) * 3);
    this.#floats = new Float32Array(this.#bits.buffer);
    let slots = 64;
    while (slots < expected * 1.5) slots *= 2;
    this.#table = new Int32Array(slots);
    this.#mask = slots - 1;
  }

  /** The id of a point given by the bits of its three float32 coordinates. */
  idOf(xBits: number, yBits: number, zBits: number): number {
    const x = xBits === negativeZero ? 0 : xBits;
    const y = yBits === negativeZero ? 0 : yBits;
    const z = zBits === negativeZero ? 0 : zBits;
    const hash = mix(x, y, z);
    const recentSlot = hash & (cacheSlots - 1);
    const recent = this.#recent[recentSlot]!;
    let bits = this.#bits;
    if (recent >= 0 && bits[recent * 3] === x && bits[recent * 3 + 1] === y && bits[recent * 3 + 2] === z)
      return recent;
    let slot = (hash >>> 7) & this.#mask;
    for (;;) {
      const found = this.#table[slot]! - 1;
      if (found < 0) break;
      if (bits[found * 3] === x && bits[found * 3 + 1] === y && bits[found * 3 + 2] === z) {
        this.#recent[recentSlot] = found;
        return found;
      }
      slot = (slot + 1) & this.#mask;
    }
    const id = this.count++;
    if (id * 3 + 3 > bits.length) {
      bits = this.#bits = grown(bits, id * 3 + 3);
      this.#floats = new Float32Array(bits.buffer);
    }
    bits[id * 3] = x;
    bits[id * 3 + 1] = y;
    bits[id * 3 + 2] = z;
    this.#table[slot] = id + 1;
    this.#recent[recentSlot] = id;
    if (this.count * 1.5 > this.#table.length) this.#rehash();
    return id;
  }

  /** A coordinate of a welded point in mm; axis is 0, 1 or 2. */
  coordinate(id: number, axis: number): number {
    return this.#floats[id * 3 + axis]!;
  }

  /** x y z of each point, mm. */
  positions(): Float32Array {
    return this.#floats.subarray(0, this.count * 3);
  }

  #rehash(): void {
    const slots = this.#table.length * 2;
    const mask = slots - 1;
    const table = new Int32Array(slots);
    const bits = this.#bits;
    for (let id = 0; id < this.count; id++) {
      let slot = (mix(bits[id * 3]!, bits[id * 3 + 1]!, bits[id * 3 + 2]!) >>> 7) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.#table = table;
    this.#mask = mask;
  }
}

import { grown } from './growable.ts';

/** The edges of crowded points, found by both ends; numbers of edges begin at 1. */
export class CrowdedEdges {
  #count = 0;
  #entries = new Int32Array(0);
  #table = new Int32Array(0);

  /** The edge's number, 0 if it is not here. */
  find(owner: number, other: number): number {
    if (this.#count === 0) return 0;
    const entry = this.#table[this.#slotOf(owner, other)]! - 1;
    return entry < 0 ? 0 : this.#entries[entry * 3 + 2]!;
  }

  add(owner: number, other: number, edge: number): void {
    if ((this.#count + 1) * 2 > this.#table.length) this.#rehash();
    if (this.#count * 3 + 3 > this.#entries.length)
      this.#entries = grown(this.#entries, this.#count * 3 + 192);
    this.#entries.set([owner, other, edge], this.#count * 3);
    this.#table[this.#slotOf(owner, other)] = ++this.#count;
  }

  visit(visitor: (owner: number, edge: number) => void): void {
    for (let entry = 0; entry < this.#count; entry++)
      visitor(this.#entries[entry * 3]!, this.#entries[entry * 3 + 2]!);
  }

  #slotOf(owner: number, other: number): number {
    const mask = this.#table.length - 1;
    let hash = Math.imul(owner, 0x9e37_79b1) ^ Math.imul(other, 0x85eb_ca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const entry = this.#table[slot]! - 1;
      if (entry < 0) return slot;
      if (this.#entries[entry * 3] === owner && this.#entries[entry * 3 + 1] === other) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#table = new Int32Array(Math.max(128, this.#table.length * 2));
    for (let entry = 0; entry < this.#count; entry++) {
      this.#table[this.#slotOf(this.#entries[entry * 3]!, this.#entries[entry * 3 + 1]!)] = entry + 1;
    }
  }
}

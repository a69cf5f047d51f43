import type { Grid } from './bit-layers.ts';

/** Finds connected regions of cells (by sides) by joining the runs of neighbouring rows. */
export class RegionFinder {
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #parents = new Int32Array(1024);
  #cells = new Int32Array(1024);
  #runs = 0;

  /** How many cells lie in regions of fewer than `limit` cells. */
  cellsInSmall({ rows, wordsPerRow }: Grid, bits: Int32Array, limit: number): number {
    this.#runs = 0;
    let previous = 0;
    for (let row = 0; row < rows; row++) {
      const first = this.#runs;
      this.#collectRow(bits, row * wordsPerRow, wordsPerRow);
      this.#join(previous, first, this.#runs);
      previous = first;
    }
    const totals = this.#cells.fill(0, 0, this.#runs);
    for (let run = 0; run < this.#runs; run++)
      totals[this.#rootOf(run)]! += this.#ends[run]! - this.#starts[run]!;
    let small = 0;
    for (let run = 0; run < this.#runs; run++) if (totals[run]! < limit) small += totals[run]!;
    return small;
  }

  #collectRow(bits: Int32Array, offset: number, words: number): void {
    let inside = -1;
    for (let word = 0; word < words; word++) {
      const cells = bits[offset + word]!;
      if (cells === 0 ? inside < 0 : cells === -1 && inside >= 0) continue;
      let rest = inside < 0 ? cells : ~cells;
      while (rest !== 0) {
        const bit = 31 - Math.clz32(rest & -rest);
        const column = word * 32 + bit;
        const after = bit === 31 ? 0 : -1 << (bit + 1);
        if (inside < 0) {
          inside = column;
          rest = ~cells & after;
        } else {
          this.#add(inside, column);
          inside = -1;
          rest = cells & after;
        }
      }
    }
    if (inside >= 0) this.#add(inside, words * 32);
  }

  #add(start: number, end: number): void {
    if (this.#runs === this.#starts.length) this.#grow();
    this.#starts[this.#runs] = start;
    this.#ends[this.#runs] = end;
    this.#parents[this.#runs] = this.#runs;
    this.#runs++;
  }

  #join(above: number, here: number, end: number): void {
    let other = above;
    for (let run = here; run < end; run++) {
      while (other < here && this.#ends[other]! <= this.#starts[run]!) other++;
      for (let at = other; at < here && this.#starts[at]! < this.#ends[run]!; at++) {
        const a = this.#rootOf(at);
        const b = this.#rootOf(run);
        this.#parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }

  #rootOf(run: number): number {
    const parents = this.#parents;
    let at = run;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  #grow(): void {
    const larger = (numbers: Int32Array) => {
      const copy = new Int32Array(numbers.length * 2);
      copy.set(numbers);
      return copy;
    };
    this.#starts = larger(this.#starts);
    this.#ends = larger(this.#ends);
    this.#parents = larger(this.#parents);
    this.#cells = larger(this.#cells);
  }
}

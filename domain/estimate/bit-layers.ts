import type { LayerOutlines } from './layer-sweep.ts';

/** A grid of square cells laid over every layer; one bit a cell, 32 in a word, rows padded with empty cells all round. */
export interface Grid {
  cellMm: number;
  /** Centre of cell (0, 0), mm. */
  originX: number;
  originY: number;
  rows: number;
  wordsPerRow: number;
}

/** Empty cells round the part, so that shifting by a cell never leaves the grid. */
const margin = 3;

/** The grid over an area, mm. */
export function gridOver(minX: number, minY: number, sizeX: number, sizeY: number, cellMm: number): Grid {
  return {
    cellMm,
    originX: minX + (0.5 - margin) * cellMm,
    originY: minY + (0.5 - margin) * cellMm,
    rows: Math.ceil(sizeY / cellMm) + 2 * margin,
    wordsPerRow: Math.ceil((Math.ceil(sizeX / cellMm) + 2 * margin) / 32),
  };
}

/** How many words one layer takes. */
export const wordsOf = ({ rows, wordsPerRow }: Grid): number => rows * wordsPerRow;

/** Fills the cells whose centres lie inside the outlines of one layer; bodies that overlap count once. */
export class OutlineFiller {
  readonly #grid: Grid;
  readonly #rowEnds: Int32Array;
  /** Of each crossing: its row, and its column times 2, plus 1 where the outline enters. */
  #rows = new Int32Array(1024);
  #columns = new Int32Array(1024);
  #byRow = new Int32Array(1024);

  constructor(grid: Grid) {
    this.#grid = grid;
    this.#rowEnds = new Int32Array(grid.rows + 1);
  }

  fill(outlines: LayerOutlines, bits: Int32Array): void {
    const { rows, wordsPerRow } = this.#grid;
    const ends = this.#rowEnds.fill(0);
    const total = this.#collect(outlines);
    if (total > this.#byRow.length) this.#byRow = new Int32Array(this.#rows.length);
    const crossingRows = this.#rows;
    const columns = this.#columns;
    const byRow = this.#byRow;
    for (let at = 0; at < total; at++) ends[crossingRows[at]! + 1]!++;
    for (let row = 1; row <= rows; row++) ends[row]! += ends[row - 1]!;
    // Each row's end moves from its beginning to its end while the crossings come in.
    for (let at = 0; at < total; at++) byRow[ends[crossingRows[at]!]!++] = columns[at]!;
    for (let row = 0, from = 0; row < rows; row++) {
      const to = ends[row]!;
      if (to > from) fillRow(byRow, from, to, bits, row * wordsPerRow);
      from = to;
    }
  }

  /** Notes where the outlines cross the middles of rows, and answers how often. */
  #collect({ points, starts, loops }: LayerOutlines): number {
    const { cellMm, originX, originY, rows, wordsPerRow } = this.#grid;
    const mostColumns = wordsPerRow * 32;
    const perMm = 1 / cellMm;
    let total = 0;
    let crossingRows = this.#rows;
    let columns = this.#columns;
    for (let loop = 0; loop < loops; loop++) {
      const first = starts[loop]!;
      const last = starts[loop + 1]! - 1;
      let x = (points[last * 2]! - originX) * perMm;
      let y = (points[last * 2 + 1]! - originY) * perMm;
      let row = Math.ceil(y);
      for (let point = first; point <= last; point++) {
        const toX = (points[point * 2]! - originX) * perMm;
        const toY = (points[point * 2 + 1]! - originY) * perMm;
        const toRow = Math.ceil(toY);
        if (toRow !== row) {
          const slope = (toX - x) / (toY - y);
          const enters = toRow < row ? 1 : 0;
          const begin = Math.max(0, Math.min(row, toRow));
          const end = Math.min(rows, Math.max(row, toRow));
          if (total + end - begin > columns.length) {
            this.#grow(total + end - begin);
            crossingRows = this.#rows;
            columns = this.#columns;
          }
          for (let at = begin; at < end; at++) {
            crossingRows[total] = at;
            columns[total++] =
              Math.min(mostColumns, Math.max(0, Math.ceil(x + (at - y) * slope))) * 2 + enters;
          }
          row = toRow;
        }
        x = toX;
        y = toY;
      }
    }
    return total;
  }

  #grow(least: number): void {
    const larger = (numbers: Int32Array) => {
      const copy = new Int32Array(least * 2);
      copy.set(numbers);
      return copy;
    };
    this.#rows = larger(this.#rows);
    this.#columns = larger(this.#columns);
  }
}

function fillRow(crossings: Int32Array, from: number, to: number, bits: Int32Array, offset: number): void {
  if (to - from > 24) crossings.subarray(from, to).sort();
  else {
    for (let at = from + 1; at < to; at++) {
      const value = crossings[at]!;
      let hole = at;
      for (; hole > from && crossings[hole - 1]! > value; hole--) crossings[hole] = crossings[hole - 1]!;
      crossings[hole] = value;
    }
  }
  let winding = 0;
  let start = 0;
  for (let at = from; at < to; at++) {
    const crossing = crossings[at]!;
    const before = winding;
    winding += crossing & 1 ? 1 : -1;
    if (before <= 0 && winding > 0) start = crossing >> 1;
    else if (before > 0 && winding <= 0) fillCells(bits, offset, start, crossing >> 1);
  }
}

/** Sets the cells of a row from `start` up to but not including `end`. */
function fillCells(bits: Int32Array, offset: number, start: number, end: number): void {
  if (end <= start) return;
  const firstWord = offset + (start >> 5);
  const lastWord = offset + ((end - 1) >> 5);
  const head = -1 << (start & 31);
  const tail = -1 >>> (31 - ((end - 1) & 31));
  if (firstWord === lastWord) bits[firstWord]! |= head & tail;
  else {
    bits[firstWord]! |= head;
    bits.fill(-1, firstWord + 1, lastWord);
    bits[lastWord]! |= tail;
  }
}

/** Takes away every cell with an empty neighbour to the left, right, above or below. */
export function erode({ rows, wordsPerRow }: Grid, from: Int32Array, to: Int32Array): void {
  const end = (rows - 1) * wordsPerRow;
  to.fill(0, 0, wordsPerRow);
  to.fill(0, end);
  // The margin is empty, so what a word takes over from the row before or after is nothing.
  for (let at = wordsPerRow; at < end; at++) {
    const cells = from[at]!;
    to[at] =
      cells === 0
        ? 0
        : cells &
          ((cells << 1) | (from[at - 1]! >>> 31)) &
          ((cells >>> 1) | (from[at + 1]! << 31)) &
          from[at - wordsPerRow]! &
          from[at + wordsPerRow]!;
  }
}

/** Takes away every cell with an empty neighbour, corners included. */
export function erodeSquare({ rows, wordsPerRow }: Grid, from: Int32Array, to: Int32Array): void {
  const end = (rows - 1) * wordsPerRow;
  // First along the rows, then across them: the square is both.
  for (let at = wordsPerRow; at < end; at++) {
    const cells = from[at]!;
    to[at] =
      cells === 0
        ? 0
        : cells & ((cells << 1) | (from[at - 1]! >>> 31)) & ((cells >>> 1) | (from[at + 1]! << 31));
  }
  to.fill(0, 0, wordsPerRow);
  to.fill(0, end);
  for (let word = 0; word < wordsPerRow; word++) {
    let above = 0;
    for (let at = word + wordsPerRow; at < end; at += wordsPerRow) {
      const own = to[at]!;
      to[at] = above & own & to[at + wordsPerRow]!;
      above = own;
    }
  }
}

/** Adds the neighbours to the left, right, above and below of every cell; the outermost row above and below stays empty. */
export function dilate({ rows, wordsPerRow }: Grid, from: Int32Array, to: Int32Array): void {
  const end = (rows - 1) * wordsPerRow;
  to.fill(0, 0, wordsPerRow);
  to.fill(0, end);
  for (let at = wordsPerRow; at < end; at++) {
    const cells = from[at]!;
    to[at] =
      cells |
      (cells << 1) |
      (from[at - 1]! >>> 31) |
      (cells >>> 1) |
      (from[at + 1]! << 31) |
      from[at - wordsPerRow]! |
      from[at + wordsPerRow]!;
  }
}

/** Keeps only what two by two full cells cover: strips one cell wide are the grid's noise. */
export function open({ wordsPerRow }: Grid, bits: Int32Array, scratch: Int32Array): void {
  const end = bits.length - wordsPerRow;
  scratch.fill(0, end);
  let pair = bits[0]! & bits[wordsPerRow]!;
  for (let at = 0; at < end; at++) {
    const after = at + 1 < end ? bits[at + 1]! & bits[at + 1 + wordsPerRow]! : 0;
    scratch[at] = pair & ((pair >>> 1) | (after << 31));
    pair = after;
  }
  bits.fill(0, 0, wordsPerRow);
  let before = 0;
  for (let at = wordsPerRow; at < bits.length; at++) {
    const both = scratch[at]! | scratch[at - wordsPerRow]!;
    bits[at] = both | (both << 1) | (before >>> 31);
    before = both;
  }
}

/** How many cells are full. */
export function countCells(bits: Int32Array): number {
  let count = 0;
  for (let at = 0; at < bits.length; at++) if (bits[at] !== 0) count += cellsIn(bits[at]!);
  return count;
}

/** How many cells of one word are full. */
export function cellsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

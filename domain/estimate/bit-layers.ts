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
  #crossings = new Int32Array(1024);

  constructor(grid: Grid) {
    this.#grid = grid;
    this.#rowEnds = new Int32Array(grid.rows + 1);
  }

  fill(outlines: LayerOutlines, bits: Int32Array): void {
    const { rows, wordsPerRow } = this.#grid;
    const ends = this.#rowEnds.fill(0);
    this.#eachCrossing(outlines, (row) => {
      ends[row + 1]!++;
    });
    for (let row = 1; row <= rows; row++) ends[row]! += ends[row - 1]!;
    const total = ends[rows]!;
    if (total > this.#crossings.length) this.#crossings = new Int32Array(total * 2);
    const crossings = this.#crossings;
    // Each row's end moves from its beginning to its end while the crossings come in.
    this.#eachCrossing(outlines, (row, column, enters) => {
      crossings[ends[row]!++] = column * 2 + enters;
    });
    for (let row = 0, from = 0; row < rows; row++) {
      const to = ends[row]!;
      if (to > from) fillRow(crossings, from, to, bits, row * wordsPerRow);
      from = to;
    }
  }

  #eachCrossing(
    { points, starts, loops }: LayerOutlines,
    visit: (row: number, column: number, enters: 0 | 1) => void,
  ): void {
    const { cellMm, originX, originY, rows, wordsPerRow } = this.#grid;
    const columns = wordsPerRow * 32;
    const perMm = 1 / cellMm;
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
          const down = toRow < row;
          const end = Math.min(rows, Math.max(row, toRow));
          for (let at = Math.max(0, Math.min(row, toRow)); at < end; at++) {
            visit(at, Math.min(columns, Math.max(0, Math.ceil(x + (at - y) * slope))), down ? 1 : 0);
          }
          row = toRow;
        }
        x = toX;
        y = toY;
      }
    }
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
  to.fill(0, 0, wordsPerRow);
  to.fill(0, (rows - 1) * wordsPerRow);
  for (let row = 1; row < rows - 1; row++) {
    for (let word = 0, at = row * wordsPerRow; word < wordsPerRow; word++, at++) {
      const cells = from[at]!;
      if (cells === 0) {
        to[at] = 0;
        continue;
      }
      const left = (cells << 1) | (word > 0 ? from[at - 1]! >>> 31 : 0);
      const right = (cells >>> 1) | (word + 1 < wordsPerRow ? from[at + 1]! << 31 : 0);
      to[at] = cells & left & right & from[at - wordsPerRow]! & from[at + wordsPerRow]!;
    }
  }
}

/** Takes away every cell with an empty neighbour, corners included. */
export function erodeSquare({ rows, wordsPerRow }: Grid, from: Int32Array, to: Int32Array): void {
  to.fill(0, 0, wordsPerRow);
  to.fill(0, (rows - 1) * wordsPerRow);
  const across = (at: number, word: number) => {
    const cells = from[at]!;
    if (cells === 0) return 0;
    const left = (cells << 1) | (word > 0 ? from[at - 1]! >>> 31 : 0);
    return cells & left & ((cells >>> 1) | (word + 1 < wordsPerRow ? from[at + 1]! << 31 : 0));
  };
  for (let row = 1; row < rows - 1; row++) {
    for (let word = 0, at = row * wordsPerRow; word < wordsPerRow; word++, at++) {
      to[at] =
        from[at] === 0
          ? 0
          : across(at, word) & across(at - wordsPerRow, word) & across(at + wordsPerRow, word);
    }
  }
}

/** Adds the neighbours to the left, right, above and below of every cell. */
export function dilate({ rows, wordsPerRow }: Grid, from: Int32Array, to: Int32Array): void {
  for (let row = 0; row < rows; row++) {
    for (let word = 0, at = row * wordsPerRow; word < wordsPerRow; word++, at++) {
      const cells = from[at]!;
      const left = (cells << 1) | (word > 0 ? from[at - 1]! >>> 31 : 0);
      const right = (cells >>> 1) | (word + 1 < wordsPerRow ? from[at + 1]! << 31 : 0);
      const above = row > 0 ? from[at - wordsPerRow]! : 0;
      const below = row + 1 < rows ? from[at + wordsPerRow]! : 0;
      to[at] = cells | left | right | above | below;
    }
  }
}

/** Keeps only what two by two full cells cover: strips one cell wide are the grid's noise. */
export function open({ rows, wordsPerRow }: Grid, bits: Int32Array, scratch: Int32Array): void {
  for (let row = 0; row < rows; row++) {
    for (let word = 0, at = row * wordsPerRow; word < wordsPerRow; word++, at++) {
      const next = row + 1 < rows ? at + wordsPerRow : -1;
      const pair = bits[at]! & (next < 0 ? 0 : bits[next]!);
      const pairAfter = word + 1 < wordsPerRow ? bits[at + 1]! & (next < 0 ? 0 : bits[next + 1]!) : 0;
      scratch[at] = pair & ((pair >>> 1) | (pairAfter << 31));
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let word = 0, at = row * wordsPerRow; word < wordsPerRow; word++, at++) {
      const both = scratch[at]! | (row > 0 ? scratch[at - wordsPerRow]! : 0);
      const before = word > 0 ? scratch[at - 1]! | (row > 0 ? scratch[at - 1 - wordsPerRow]! : 0) : 0;
      bits[at] = both | (both << 1) | (before >>> 31);
    }
  }
}

/** How many cells are full. */
export function countCells(bits: Int32Array): number {
  let count = 0;
  for (let at = 0; at < bits.length; at++) {
    let cells = bits[at]!;
    if (cells === 0) continue;
    cells -= (cells >>> 1) & 0x5555_5555;
    cells = (cells & 0x3333_3333) + ((cells >>> 2) & 0x3333_3333);
    count += Math.imul((cells + (cells >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

import { describe, expect, it } from 'vitest';
import { cellsIn, countCells, erode, erodeSquare, gridOver, open, wordsOf, type Grid } from './bit-layers.ts';
import { CornerPlanner, referenceAcceleration, referenceJerk, referenceSpeeds } from './corner-losses.ts';

/** Numbers that look random and are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Cells = boolean[][];

/** Cells of which about `share` are full, none in the margin. */
function randomCells({ rows, wordsPerRow }: Grid, share: number, seed: number): Cells {
  const random = randomFrom(seed);
  const columns = wordsPerRow * 32;
  return Array.from({ length: rows }, (_, row) =>
    Array.from(
      { length: columns },
      (__, column) => row > 2 && row < rows - 3 && column > 2 && column < columns - 3 && random() < share,
    ),
  );
}

function toBits(grid: Grid, cells: Cells): Int32Array {
  const bits = new Int32Array(wordsOf(grid));
  cells.forEach((row, y) =>
    row.forEach((full, x) => {
      if (full) bits[y * grid.wordsPerRow + (x >> 5)]! |= 1 << (x & 31);
    }),
  );
  return bits;
}

const near = (cells: Cells, y: number, x: number, offsets: readonly (readonly [number, number])[]) =>
  offsets.map(([dy, dx]) => cells[y + dy]?.[x + dx] === true);
const cross = [
  [0, 0],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;
const square = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dy, dx] as const));
/** The four squares of two by two cells that hold a cell. */
const squares = [-1, 0].flatMap((y) =>
  [-1, 0].map((x) => [0, 1].flatMap((dy) => [0, 1].map((dx) => [y + dy, x + dx] as const))),
);

describe('cells, a word at a time, are as cell by cell', () => {
  const grid = gridOver(0, 0, 85, 30, 1);
  for (const share of [0.5, 0.9, 0.98]) {
    const cells = randomCells(grid, share, share * 100);
    const mapped = (full: (y: number, x: number) => boolean) =>
      toBits(
        grid,
        cells.map((row, y) => row.map((_, x) => full(y, x))),
      );

    it(`taken off all round, with and without corners (${share} full)`, () => {
      const result = new Int32Array(wordsOf(grid)).fill(-1);
      erode(grid, toBits(grid, cells), result);
      expect(result).toEqual(mapped((y, x) => near(cells, y, x, cross).every(Boolean)));
      result.fill(-1);
      erodeSquare(grid, toBits(grid, cells), result);
      expect(result).toEqual(mapped((y, x) => near(cells, y, x, square).every(Boolean)));
    });

    it(`opened by two by two (${share} full)`, () => {
      const bits = toBits(grid, cells);
      open(grid, bits, new Int32Array(wordsOf(grid)).fill(-1));
      expect(bits).toEqual(
        mapped((y, x) => squares.some((offsets) => near(cells, y, x, offsets).every(Boolean))),
      );
    });

    it(`counted (${share} full)`, () => {
      expect(countCells(toBits(grid, cells))).toBe(cells.flat().filter(Boolean).length);
    });
  }

  it('a word holds 0 to 32, whatever its highest bit', () => {
    expect([0, 1, -1, 1 << 31, 0x5555_5555, ~0x5555_5555].map(cellsIn)).toEqual([0, 1, 32, 1, 16, 16]);
  });
});

/** The same plan step by step, for one speed at a time, no step joined to another but where nothing turns. */
function plannedSlowly(points: Float64Array, speed: number): number {
  const count = points.length / 2;
  const steps: { length: number; turn: number }[] = [];
  let [x, y] = [points[0]!, points[1]!];
  let before: [number, number] = [0, 0];
  for (let point = 1; point <= count; point++) {
    const [toX, toY] = [points[(point % count) * 2]!, points[(point % count) * 2 + 1]!];
    const length = Math.hypot(toX - x, toY - y);
    if (length < 0.05) continue;
    const unit: [number, number] = [(toX - x) / length, (toY - y) / length];
    const turn =
      steps.length === 0 ? 2 : Math.max(...unit.map((part, axis) => Math.abs(part - before[axis]!)));
    [x, y, before] = [toX, toY, unit];
    if (turn * speed <= referenceJerk && steps.length > 0) steps.at(-1)!.length += length;
    else steps.push({ length, turn });
  }
  const entries = [
    ...steps.map(({ turn }) => Math.min(speed, referenceJerk / turn) ** 2),
    referenceJerk ** 2,
  ];
  const gain = (length: number) => 2 * referenceAcceleration * length;
  for (let at = steps.length - 1; at >= 0; at--)
    entries[at] = Math.min(entries[at]!, entries[at + 1]! + gain(steps[at]!.length));
  for (let at = 0; at < steps.length; at++)
    entries[at + 1] = Math.min(entries[at + 1]!, entries[at]! + gain(steps[at]!.length));
  return steps.reduce((lost, { length }, at) => {
    const [from, to] = [entries[at]!, entries[at + 1]!];
    const top = Math.min(speed ** 2, (from + to) / 2 + referenceAcceleration * length);
    const even = Math.max(0, length - (2 * top - from - to) / (2 * referenceAcceleration));
    const changing = (2 * Math.sqrt(top) - Math.sqrt(from) - Math.sqrt(to)) / referenceAcceleration;
    return lost + changing + even / Math.sqrt(top) - length / speed;
  }, 0);
}

describe('corners', () => {
  it('cost what a plan of every single step says, at every speed, to nine digits', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 200; round++) {
      const count = 3 + Math.floor(random() * 300);
      const roughness = 0.3 * random() ** 3;
      const radius = 0.5 + 60 * random();
      const points = new Float64Array(count * 2);
      for (let point = 0; point < count; point++) {
        const angle = (2 * Math.PI * point) / count;
        const away = radius * (1 + roughness * (random() - 0.5));
        points[point * 2] = Math.cos(angle) * away;
        points[point * 2 + 1] = Math.sin(angle) * away;
      }
      const planner = new CornerPlanner();
      planner.addLoop(points, 0, count);
      referenceSpeeds.forEach((speed, at) => {
        const slowly = plannedSlowly(points, speed);
        expect(Math.abs(planner.lost[at]! - slowly)).toBeLessThan(1e-9 * Math.max(1, slowly));
      });
    }
  });
});

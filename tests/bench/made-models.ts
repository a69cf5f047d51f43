import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** Triangles of a closed, bumpy torus grid: each of `around` x `across` cells gives two. */
export interface TorusGrid {
  around: number;
  across: number;
}

type Order = 'as it grows' | 'shuffled';

const recordBytes = 50;
const recordsPerChunk = 40_000;

export const trianglesOf = ({ around, across }: TorusGrid) => 2 * around * across;

/**
 * Writes `copies` bumpy tori side by side as a binary STL of 84 + 50 bytes x triangles. Shuffled means in an order that a
 * multiplicative step makes: every triangle far from its neighbours, the worst case for caches.
 */
export async function writeBinaryTori(
  path: string,
  grid: TorusGrid,
  order: Order,
  copies = 1,
): Promise<void> {
  const out = createWriteStream(path);
  const each = trianglesOf(grid);
  const total = each * copies;
  const header = Buffer.alloc(84);
  header.writeUInt32LE(total, 80);
  out.write(header);
  const step = order === 'shuffled' ? strideFor(total) : 1;
  for (let first = 0; first < total; first += recordsPerChunk) {
    const count = Math.min(recordsPerChunk, total - first);
    const chunk = Buffer.alloc(count * recordBytes);
    for (let record = 0; record < count; record++) {
      const triangle = ((first + record) * step) % total;
      const corners = triangleAt(grid, triangle % each);
      const shift = Math.floor(triangle / each) * 150;
      for (let word = 0; word < 9; word++)
        chunk.writeFloatLE(
          corners[word]! + (word % 3 === 0 ? shift : 0),
          record * recordBytes + 12 + word * 4,
        );
    }
    if (!out.write(chunk)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** The same torus as ASCII, numbers as exporters write them. */
export async function writeAsciiTorus(path: string, grid: TorusGrid): Promise<void> {
  const out = createWriteStream(path);
  out.write('solid torus\n');
  const total = trianglesOf(grid);
  const perChunk = 5000;
  for (let first = 0; first < total; first += perChunk) {
    const lines: string[] = [];
    for (let triangle = first; triangle < Math.min(total, first + perChunk); triangle++) {
      const c = Array.from(triangleAt(grid, triangle), (value) => Math.fround(value).toExponential(6));
      lines.push(
        ` facet normal 0.000000e+00 0.000000e+00 0.000000e+00\n  outer loop\n   vertex ${c[0]} ${c[1]} ${c[2]}\n   vertex ${c[3]} ${c[4]} ${c[5]}\n   vertex ${c[6]} ${c[7]} ${c[8]}\n  endloop\n endfacet\n`,
      );
    }
    if (!out.write(lines.join(''))) await once(out, 'drain');
  }
  out.end('endsolid torus\n');
  await once(out, 'close');
}

const corners = new Float64Array(9);

function triangleAt({ around, across }: TorusGrid, triangle: number): Float64Array {
  const cell = triangle >> 1;
  const i = Math.floor(cell / across);
  const j = cell % across;
  const [a, b, c] =
    triangle & 1
      ? [
          [i, j],
          [i + 1, j + 1],
          [i, j + 1],
        ]
      : [
          [i, j],
          [i + 1, j],
          [i + 1, j + 1],
        ];
  for (const [corner, [u, v]] of [a, b, c].entries()) writePoint(u! % around, v! % across, corner * 3);
  return corners;

  function writePoint(u: number, v: number, at: number): void {
    const long = (2 * Math.PI * u) / around;
    const short = (2 * Math.PI * v) / across;
    const tube = 20 + 1.5 * Math.sin(9 * long) * Math.cos(7 * short) + 0.3 * Math.sin(61 * long + 43 * short);
    corners[at] = (50 + tube * Math.cos(short)) * Math.cos(long);
    corners[at + 1] = (50 + tube * Math.cos(short)) * Math.sin(long);
    corners[at + 2] = tube * Math.sin(short);
  }
}

/** About 0.618 of the total and without a common factor, so that stepping by it visits all. */
function strideFor(total: number): number {
  let stride = Math.floor(total * 0.618_033_988_75) | 1;
  while (greatestCommonDivisor(stride, total) !== 1) stride += 2;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

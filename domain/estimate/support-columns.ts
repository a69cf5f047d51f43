import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { cellsIn, countCells, dilate, erode, wordsOf, type Grid } from './bit-layers.ts';
import { planesBelow, type LayerHeights } from './layer-planes.ts';

/** Cells of support in each layer, and those right under an overhang. */
export interface SupportCells {
  everywhere: Int32Array;
  /** Columns that stand on the build plate only. */
  fromPlate: Int32Array;
  /** Cells in which an overhang begins to need support. */
  contact: Int32Array;
  /** Cells in which a column ends on the part below. */
  landing: Int32Array;
  /** Cells at the edge of the support. */
  edge: Int32Array;
}

/** Layers left free between support and the part above it. */
const gapLayers = 1;

/**
 * Lets columns of support fall from every face that leans out further than the limit down to the plate or the part below.
 * @param solid the part's cells, all layers one after another
 * @param overhangDegrees faces whose angle to the plate is smaller need support
 */
export function supportCells(
  mesh: IndexedMesh,
  heights: LayerHeights,
  grid: Grid,
  solid: Int32Array,
  overhangDegrees: number,
): SupportCells {
  const words = wordsOf(grid);
  const layers = solid.length / words;
  const overhangs = new Map<number, Int32Array<ArrayBuffer>>();
  let lastLayer = -1;
  let last = new Int32Array(0);
  markOverhangs(mesh, heights, grid, overhangDegrees, (layer) => {
    if (layer === lastLayer) return last;
    let bits = overhangs.get(layer);
    if (!bits) overhangs.set(layer, (bits = new Int32Array(words)));
    lastLayer = layer;
    last = bits;
    return bits;
  });
  const result: SupportCells = {
    everywhere: new Int32Array(layers),
    fromPlate: new Int32Array(layers),
    contact: new Int32Array(layers),
    landing: new Int32Array(layers),
    edge: new Int32Array(layers),
  };
  if (overhangs.size === 0) return result;
  const highest = Math.max(...overhangs.keys());
  const below = solidBelow(solid.subarray(0, (highest + 1) * words), words);
  const falling = new Int32Array(words);
  const scratch = new Int32Array(words);
  for (let layer = highest; layer >= 0; layer--) {
    const from = layer * words;
    let landing = 0;
    for (let at = 0; at < words; at++)
      if (falling[at] !== 0) landing += cellsIn(falling[at]! & solid[from + at]!);
    result.landing[layer] = landing;
    const begins = overhangs.get(layer);
    if (begins) {
      // Support reaches a line further than the overhang.
      dilate(grid, begins, scratch);
      for (let at = 0; at < words; at++) scratch[at]! &= ~solid[from + at]!;
      result.contact[layer] = countCells(scratch);
      for (let at = 0; at < words; at++) falling[at]! |= scratch[at]!;
    }
    let everywhere = 0;
    let fromPlate = 0;
    for (let at = 0; at < words; at++) {
      if (falling[at] === 0) continue;
      const cells = (falling[at]! &= ~solid[from + at]!);
      everywhere += cellsIn(cells);
      fromPlate += cellsIn(cells & ~below[from + at]!);
    }
    if (everywhere === 0) continue;
    result.everywhere[layer] = everywhere;
    result.fromPlate[layer] = fromPlate;
    erode(grid, falling, scratch);
    result.edge[layer] = everywhere - countCells(scratch);
  }
  return result;
}

/** For each layer the cells that the part fills in any layer below it. */
function solidBelow(solid: Int32Array, words: number): Int32Array {
  const below = new Int32Array(solid.length);
  for (let at = words; at < solid.length; at++) below[at] = below[at - words]! | solid[at - words]!;
  return below;
}

function markOverhangs(
  { positions, triangles }: IndexedMesh,
  heights: LayerHeights,
  { cellMm, originX, originY, wordsPerRow }: Grid,
  overhangDegrees: number,
  bitsOf: (layer: number) => Int32Array,
): void {
  const limit = Math.cos((overhangDegrees * Math.PI) / 180);
  let bottom = Infinity;
  for (let at = 2; at < positions.length; at += 3) bottom = Math.min(bottom, positions[at]!);
  for (let corner = 0; corner < triangles.length; corner += 3) {
    const a = triangles[corner]! * 3;
    const b = triangles[corner + 1]! * 3;
    const c = triangles[corner + 2]! * 3;
    const ax = (positions[a]! - originX) / cellMm;
    const ay = (positions[a + 1]! - originY) / cellMm;
    const ux = (positions[b]! - originX) / cellMm - ax;
    const uy = (positions[b + 1]! - originY) / cellMm - ay;
    const vx = (positions[c]! - originX) / cellMm - ax;
    const vy = (positions[c + 1]! - originY) / cellMm - ay;
    const nz = ux * vy - uy * vx;
    if (nz >= 0) continue;
    const az = positions[a + 2]! - bottom;
    const uz = positions[b + 2]! - bottom - az;
    const vz = positions[c + 2]! - bottom - az;
    const nx = (uy * vz - uz * vy) / cellMm;
    const ny = (uz * vx - ux * vz) / cellMm;
    if (-nz <= limit * Math.sqrt(nx * nx + ny * ny + nz * nz)) continue;
    const lowY = Math.ceil(ay + Math.min(0, uy, vy));
    const highY = Math.floor(ay + Math.max(0, uy, vy));
    const lowX = Math.ceil(ax + Math.min(0, ux, vx));
    const highX = Math.floor(ax + Math.max(0, ux, vx));
    for (let y = lowY; y <= highY; y++) {
      for (let x = lowX; x <= highX; x++) {
        const px = x - ax;
        const py = y - ay;
        const first = (px * vy - py * vx) / nz;
        const second = (ux * py - uy * px) / nz;
        if (first < 0 || second < 0 || first + second > 1) continue;
        const layer = planesBelow(az + first * uz + second * vz, heights) - 1 - gapLayers;
        if (layer >= 0) bitsOf(layer)[y * wordsPerRow + (x >> 5)]! |= 1 << (x & 31);
      }
    }
  }
}

import { cellsIn, erode, erodeSquare, open, wordsOf, type Grid } from './bit-layers.ts';
import { RegionFinder } from './small-regions.ts';

/** Cells inside the walls of each layer, and how they are filled. */
export interface FillCells {
  /** The part itself. */
  part: Int32Array;
  interior: Int32Array;
  /** Of the interior: filled solid. */
  solid: Int32Array;
  /** Of the solid: nothing of the part right above. */
  top: Int32Array;
  /** Of the solid: nothing of the part right below, and not on the plate. */
  bridge: Int32Array;
}

export interface FillRules {
  /** How many times a cell is taken off all round for the walls. */
  wallCells: 0 | 1 | 2;
  topLayers: number;
  bottomLayers: number;
  /** Smaller regions of infill are filled solid. */
  solidBelowMm2: number;
}

/**
 * Tells for each layer which cells are inside the walls, and which of these are solid: those that are not inside the walls of
 * all the next `topLayers` layers above and `bottomLayers` below, and what is left in regions too small for sparse infill.
 * @param part the part's cells, all layers one after another
 */
export function fillCells(grid: Grid, part: Int32Array, rules: FillRules): FillCells {
  const words = wordsOf(grid);
  const layers = part.length / words;
  const interiors = interiorsOf(grid, part, rules.wallCells);
  const cells = { part: 0, interior: 0, solid: 0, top: 0, bridge: 0 };
  const result = Object.fromEntries(
    Object.keys(cells).map((name) => [name, new Int32Array(layers)]),
  ) as Record<keyof typeof cells, Int32Array>;
  const covered = commonToWindows(interiors, words, rules.bottomLayers + rules.topLayers + 1);
  const solid = new Int32Array(words);
  const scratch = new Int32Array(words);
  const regions = new RegionFinder();
  const smallCells = rules.solidBelowMm2 / grid.cellMm ** 2;
  for (let layer = 0; layer < layers; layer++) {
    const own = interiors.subarray(layer * words, (layer + 1) * words);
    const lowest = layer - rules.bottomLayers;
    if (lowest < 0 || layer + rules.topLayers >= layers) solid.set(own);
    else for (let at = 0; at < words; at++) solid[at] = own[at]! & ~covered[lowest * words + at]!;
    open(grid, solid, scratch);
    const above = layer + 1 < layers ? (layer + 1) * words : -1;
    const below = layer > 0 ? (layer - 1) * words : -1;
    let [cellsOfPart, inside, filled, exposed, bridging] = [0, 0, 0, 0, 0];
    for (let at = 0; at < words; at++) {
      const ofPart = part[layer * words + at]!;
      if (ofPart === 0) {
        scratch[at] = 0;
        continue;
      }
      const interior = own[at]!;
      const full = solid[at]! & interior;
      scratch[at] = interior & ~full;
      cellsOfPart += cellsIn(ofPart);
      inside += cellsIn(interior);
      if (full === 0) continue;
      filled += cellsIn(full);
      exposed += cellsIn(above < 0 ? full : full & ~part[above + at]!);
      if (below >= 0) bridging += cellsIn(full & ~part[below + at]!);
    }
    result.part[layer] = cellsOfPart;
    result.interior[layer] = inside;
    result.top[layer] = exposed;
    result.bridge[layer] = bridging;
    result.solid[layer] = filled + regions.cellsInSmall(grid, scratch, smallCells);
  }
  return result;
}

/**
 * For each layer, what is common to it and the layers above it, `length` in all; windows that reach beyond the last layer mean
 * nothing. Windows of twice the length are made of two, so that a window costs a few steps instead of one per layer.
 */
function commonToWindows(bits: Int32Array, words: number, length: number): Int32Array {
  const common = bits.slice();
  for (let reached = 1; reached < length;) {
    const step = Math.min(reached, length - reached) * words;
    for (let at = 0; at + step < common.length; at++) common[at]! &= common[at + step]!;
    reached += step / words;
  }
  return common;
}

function interiorsOf(grid: Grid, part: Int32Array, wallCells: FillRules['wallCells']): Int32Array {
  if (wallCells === 0) return part;
  const words = wordsOf(grid);
  const interiors = new Int32Array(part.length);
  const scratch = new Int32Array(words);
  for (let from = 0; from < part.length; from += words) {
    const own = part.subarray(from, from + words);
    const target = interiors.subarray(from, from + words);
    if (wallCells === 1) erode(grid, own, target);
    else {
      // A cross and a square make an octagon, which takes off nearly the same in every direction.
      erode(grid, own, scratch);
      erodeSquare(grid, scratch, target);
    }
  }
  return interiors;
}

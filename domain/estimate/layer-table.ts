import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { gridOver, OutlineFiller, wordsOf, type Grid } from './bit-layers.ts';
import { CornerPlanner } from './corner-losses.ts';
import { LayerSweep, type LayerOutlines } from './layer-sweep.ts';
import type { LayerHeights } from './layer-planes.ts';
import { fillCells, type FillRules } from './solid-layers.ts';
import { supportCells } from './support-columns.ts';

/** What of a machine's settings decides how a part is cut and filled; all else can change without the mesh. */
export interface PrintStructure extends LayerHeights {
  lineWidthMm: number;
  /** Walls, counted in lines. */
  perimeters: number;
  topLayers: number;
  bottomLayers: number;
  /** Faces whose angle to the plate is smaller need support. */
  overhangDegrees: number;
  /** Smaller regions of infill are filled solid. */
  solidBelowMm2: number;
}

export const layerColumns = [
  /** Length of the outlines, mm. */
  'outlineMm',
  'loops',
  /** Outer outlines less holes. */
  'roundness',
  /** Of the outlines: those short enough for the machine's slow speed. */
  'smallOutlineMm',
  /** Seconds lost in the corners at each reference speed. */
  'lost30',
  'lost60',
  'lost120',
  /** How broad the part is across the infill lines, added up over its pieces, mm. */
  'breadthMm',
  'areaMm2',
  'interiorMm2',
  'solidMm2',
  'topMm2',
  'bridgeMm2',
  'supportMm2',
  'plateSupportMm2',
  /** Where an overhang begins to need support. */
  'contactMm2',
  /** Where support ends on the part. */
  'landingMm2',
  'supportEdgeMm',
] as const;
export type LayerColumn = (typeof layerColumns)[number];

/**
 * A part as its layers, small enough to be kept beside the file (under 100 KB): every change of material, infill, speed, supports or
 * number is estimated from it without the mesh.
 */
export interface LayerTable {
  version: 1;
  structure: PrintStructure;
  layers: number;
  /** Tall parts keep several layers in one row. */
  layersPerRow: number;
  /** x, y, z, mm. */
  sizeMm: [number, number, number];
  volumeMm3: number;
  areaMm2: number;
  /** By how much the outlines' area is above the area they cover; more than a little means bodies that overlap. */
  overlapShare: number;
  /** Loops that do not close, over all layers. */
  openLoops: number;
  /** One list per column; each value is the sum over the row's layers. */
  rows: Record<LayerColumn, number[]>;
}

/** Loops up to this length are printed slowly: a circle of 6.5 mm radius, as PrusaSlicer has it. */
export const smallLoopMm = 2 * Math.PI * 6.5;

const mostRows = 600;
const mostLayers = 10_000;
const mostSegments = 40_000_000;
const mostWords = 5_000_000;

/** The distance between lines that lie side by side: their ends are round, so they overlap a little. */
export const lineSpacing = (widthMm: number, layerMm: number): number =>
  widthMm - layerMm * (1 - Math.PI / 4);

/**
 * Cuts a mesh into the layers it would be printed in, as it stands.
 * @returns undefined when it has no layer or too many (10,000) to be a print
 */
export function layerTable(mesh: IndexedMesh, structure: PrintStructure): LayerTable | undefined {
  const box = boxOf(mesh);
  if (!box || !((box.max[2] - box.min[2]) / structure.layerMm <= mostLayers)) return undefined;
  const sweep = new LayerSweep(mesh, structure);
  const { layers, segments } = sweep.size;
  if (layers === 0 || layers > mostLayers || segments > mostSegments) return undefined;

  const { volumeMm3, areaMm2 } = sumsOf(mesh);
  const wallMm = wallDepth(structure);
  const { grid, wallCells } = chooseGrid(box, wallMm, layers);
  const words = wordsOf(grid);
  const part = new Int32Array(layers * words);
  const filler = new OutlineFiller(grid);
  const all = Object.fromEntries(layerColumns.map((name) => [name, new Float64Array(layers)])) as Record<
    LayerColumn,
    Float64Array
  >;
  const mirrored = volumeMm3 < 0;
  let openLoops = 0;
  sweep.run((layer, outlines) => {
    if (mirrored) reverse(outlines);
    measureOutlines(outlines, layer, all);
    filler.fill(outlines, part.subarray(layer * words, (layer + 1) * words));
    openLoops += outlines.openLoops;
  });
  const overlapShare = fillRegions(all, grid, part, structure, wallCells);
  addSupports(all, mesh, grid, part, structure);
  const layersPerRow = Math.ceil(layers / mostRows);
  return {
    version: 1,
    structure,
    layers,
    layersPerRow,
    sizeMm: [box.max[0] - box.min[0], box.max[1] - box.min[1], box.max[2] - box.min[2]],
    volumeMm3: Math.abs(volumeMm3),
    areaMm2,
    overlapShare,
    openLoops,
    rows: Object.fromEntries(
      layerColumns.map((name) => [name, summedRows(all[name], layersPerRow)]),
    ) as LayerTable['rows'],
  };
}

/** From the outline to the inner edge of the innermost wall line, mm. */
export function wallDepth({ perimeters, lineWidthMm, layerMm }: PrintStructure): number {
  if (perimeters === 0) return 0;
  const spacing = lineSpacing(lineWidthMm, layerMm);
  return lineWidthMm / 2 + (perimeters - 1) * spacing + spacing / 2;
}

interface Box {
  min: [number, number, number];
  max: [number, number, number];
}

function boxOf({ positions, triangles }: IndexedMesh): Box | undefined {
  if (triangles.length === 0) return undefined;
  const min: Box['min'] = [Infinity, Infinity, Infinity];
  const max: Box['max'] = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 3) {
    for (let axis = 0; axis < 3; axis++) {
      const value = positions[at + axis]!;
      if (value < min[axis]!) min[axis] = value;
      if (value > max[axis]!) max[axis] = value;
    }
  }
  return { min, max };
}

function sumsOf({ positions, triangles }: IndexedMesh): { volumeMm3: number; areaMm2: number } {
  const first = triangles[0]! * 3;
  const [ox, oy, oz] = [positions[first]!, positions[first + 1]!, positions[first + 2]!];
  let volume = 0;
  let area = 0;
  for (let at = 0; at < triangles.length; at += 3) {
    const a = triangles[at]! * 3;
    const b = triangles[at + 1]! * 3;
    const c = triangles[at + 2]! * 3;
    const ax = positions[a]! - ox;
    const ay = positions[a + 1]! - oy;
    const az = positions[a + 2]! - oz;
    const ux = positions[b]! - ox - ax;
    const uy = positions[b + 1]! - oy - ay;
    const uz = positions[b + 2]! - oz - az;
    const vx = positions[c]! - ox - ax;
    const vy = positions[c + 1]! - oy - ay;
    const vz = positions[c + 2]! - oz - az;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    area += Math.sqrt(nx * nx + ny * ny + nz * nz);
    volume += ax * nx + ay * ny + az * nz;
  }
  return { volumeMm3: volume / 6, areaMm2: area / 2 };
}

/** Half the wall's depth a cell if the memory allows it; else coarser, and at last without looking inside thin walls. */
function chooseGrid(
  box: Box,
  wallMm: number,
  layers: number,
): { grid: Grid; wallCells: FillRules['wallCells'] } {
  const over = (cellMm: number) =>
    gridOver(box.min[0], box.min[1], box.max[0] - box.min[0], box.max[1] - box.min[1], cellMm);
  for (const wallCells of [2, 1] as const) {
    const cellMm = wallMm / wallCells;
    const rows = (box.max[1] - box.min[1]) / cellMm;
    const columns = (box.max[0] - box.min[0]) / cellMm;
    if (wallMm > 0 && (rows + 6) * ((columns + 38) / 32) * layers <= mostWords)
      return { grid: over(cellMm), wallCells };
  }
  let cellMm = Math.max(wallMm, 0.4);
  while (wordsOf(over(cellMm)) * layers > mostWords) cellMm *= 1.5;
  return { grid: over(cellMm), wallCells: 0 };
}

/** Turns the loops round, for a mesh whose faces look inwards. */
function reverse({ points, starts, loops }: LayerOutlines): void {
  for (let loop = 0; loop < loops; loop++) {
    for (let low = starts[loop]!, high = starts[loop + 1]! - 1; low < high; low++, high--) {
      for (let axis = 0; axis < 2; axis++) {
        const kept = points[low * 2 + axis]!;
        points[low * 2 + axis] = points[high * 2 + axis]!;
        points[high * 2 + axis] = kept;
      }
    }
  }
}

const planner = new CornerPlanner();

function measureOutlines(
  { points, starts, loops }: LayerOutlines,
  layer: number,
  all: Record<LayerColumn, Float64Array>,
): void {
  planner.lost.fill(0);
  let outline = 0;
  let small = 0;
  let area = 0;
  let breadth = 0;
  let roundness = 0;
  for (let loop = 0; loop < loops; loop++) {
    const first = starts[loop]!;
    const end = starts[loop + 1]!;
    const originX = points[first * 2]!;
    const originY = points[first * 2 + 1]!;
    let x = points[end * 2 - 2]! - originX;
    let y = points[end * 2 - 1]! - originY;
    let length = 0;
    let twice = 0;
    for (let point = first; point < end; point++) {
      const toX = points[point * 2]! - originX;
      const toY = points[point * 2 + 1]! - originY;
      const dx = toX - x;
      const dy = toY - y;
      length += Math.sqrt(dx * dx + dy * dy);
      breadth += Math.max(Math.abs(dx), Math.abs(dy));
      twice += x * toY - y * toX;
      x = toX;
      y = toY;
    }
    outline += length;
    area += twice / 2;
    roundness += twice < 0 ? -1 : 1;
    if (length <= smallLoopMm) small += length;
    planner.addLoop(points, first, end);
  }
  all.outlineMm[layer] = outline;
  all.smallOutlineMm[layer] = small;
  all.loops[layer] = loops;
  all.roundness[layer] = roundness;
  all.areaMm2[layer] = Math.max(0, area);
  // The mean of both diagonals: chords at 45 degrees, spaced s apart, number breadth / s.
  all.breadthMm[layer] = breadth / (2 * Math.SQRT2);
  [all.lost30[layer], all.lost60[layer], all.lost120[layer]] = planner.lost as unknown as [
    number,
    number,
    number,
  ];
}

function fillRegions(
  all: Record<LayerColumn, Float64Array>,
  grid: Grid,
  part: Int32Array,
  structure: PrintStructure,
  wallCells: FillRules['wallCells'],
): number {
  const { topLayers, bottomLayers, solidBelowMm2 } = structure;
  const cells = fillCells(grid, part, { wallCells, topLayers, bottomLayers, solidBelowMm2 });
  const cellMm2 = grid.cellMm ** 2;
  const depth = wallDepth(structure);
  let outlined = 0;
  let covered = 0;
  for (let layer = 0; layer < cells.part.length; layer++) {
    const length = all.outlineMm[layer]!;
    const onGrid = cells.part[layer]! * cellMm2;
    outlined += all.areaMm2[layer]!;
    covered += onGrid;
    // Where bodies overlap the grid knows what they cover together; elsewhere the outlines are exact.
    const doubt = grid.cellMm * length * 0.25;
    if (wallCells > 0 && all.areaMm2[layer]! > onGrid + doubt) all.areaMm2[layer] = onGrid;
    const area = all.areaMm2[layer]!;
    const byLength = area - depth * length + Math.PI * depth ** 2 * all.roundness[layer]!;
    const inside = cells.interior[layer]! * cellMm2;
    const interior =
      wallCells === 0 ? byLength : Math.min(inside + doubt, Math.max(inside - doubt, byLength));
    all.interiorMm2[layer] = Math.min(area, Math.max(0, interior));
    const share = cells.interior[layer]! > 0 ? all.interiorMm2[layer]! / cells.interior[layer]! : 0;
    all.solidMm2[layer] = cells.interior[layer]! > 0 ? share * cells.solid[layer]! : all.interiorMm2[layer]!;
    all.topMm2[layer] = share * cells.top[layer]!;
    all.bridgeMm2[layer] = share * cells.bridge[layer]!;
  }
  return covered > 0 ? Math.max(0, outlined / covered - 1) : 0;
}

function addSupports(
  all: Record<LayerColumn, Float64Array>,
  mesh: IndexedMesh,
  grid: Grid,
  part: Int32Array,
  structure: PrintStructure,
): void {
  const cells = supportCells(mesh, structure, grid, part, structure.overhangDegrees);
  const cellMm2 = grid.cellMm ** 2;
  for (let layer = 0; layer < cells.everywhere.length; layer++) {
    all.supportMm2[layer] = cells.everywhere[layer]! * cellMm2;
    all.plateSupportMm2[layer] = cells.fromPlate[layer]! * cellMm2;
    all.contactMm2[layer] = cells.contact[layer]! * cellMm2;
    all.landingMm2[layer] = cells.landing[layer]! * cellMm2;
    all.supportEdgeMm[layer] = cells.edge[layer]! * grid.cellMm;
  }
}

/** Sums over the layers of each row, to four digits. */
function summedRows(values: Float64Array, layersPerRow: number): number[] {
  const rows: number[] = [];
  for (let from = 0; from < values.length; from += layersPerRow) {
    let sum = 0;
    for (let layer = from; layer < Math.min(values.length, from + layersPerRow); layer++)
      sum += values[layer]!;
    rows.push(Number(sum.toPrecision(4)));
  }
  return rows;
}

import { findDuplicates } from './drawing-duplicates.ts';
import { joinPieces } from './drawing-join.ts';
import { proposeOperations, type Operation } from './drawing-layers.ts';
import { nestingOf } from './drawing-nesting.ts';

/** One line of a drawing as its reader found it, in mm. */
export interface DrawingPiece {
  /** x0, y0, x1, y1, ...; a closed one does not repeat its first point. */
  points: readonly number[];
  closed: boolean;
  /** Exact where the source is a circle or arc, else the sum of the chords. */
  lengthMm: number;
  layer: string;
  /** #rrggbb */
  color?: string;
  /** An area that is filled without an outline: engraved, unless its layer says otherwise. */
  filled?: boolean;
}

/** A line that a tool follows without lifting. */
export interface Contour {
  points: readonly number[];
  closed: boolean;
  lengthMm: number;
  /** Place in `DrawingResult.layers`. */
  layer: number;
  /** Repeats an earlier contour; measured once. */
  duplicate: boolean;
  /** 0 for an outline, 1 for a hole in it, 2 for an outline in that hole, ...; 0 for open ones. */
  depth: number;
}

export interface DrawingLayer {
  name: string;
  color?: string;
  /** What we propose to do with it; the shop decides. */
  operation: Operation;
  lengthMm: number;
  contours: number;
}

export interface DrawingBounds {
  min: readonly [number, number];
  max: readonly [number, number];
}

export interface DrawingResult {
  contours: Contour[];
  layers: DrawingLayer[];
  /** Of all that is cut or engraved. */
  bounds: DrawingBounds;
  cutLengthMm: number;
  engravedLengthMm: number;
  /** Enclosed by closed lines that are engraved, holes taken off. */
  engravedAreaMm2: number;
  /** Enclosed by closed lines that are cut, holes taken off: the material of the parts. */
  cutAreaMm2: number;
  /** How often the beam or tool goes in: one for each contour that is cut. */
  pierces: number;
  closedContours: number;
  openContours: number;
  duplicates: number;
  /** Outlines that are cut: parts that fall out of the sheet. */
  outlines: number;
  /** Open ends of lines that are cut. */
  openEnds: [number, number][];
}

/** End points nearer than this are one: it is less than any kerf. */
export const joinToleranceMm = 0.05;

/**
 * From loose lines to what a laser or router does: lines that meet are joined, closed ones nested, repeated ones found.
 * Lines join within a layer only. Partial overlaps of lines are not looked for.
 * @throws DrawingTooComplex when nesting would take longer than the answer is worth
 */
export function measureDrawing(pieces: readonly DrawingPiece[]): DrawingResult {
  const named = proposeOperations(pieces);
  const unique = findDuplicates(
    pieces.map((piece, at) => ({ ...piece, layer: named.layerOf[at]! })),
    joinToleranceMm / 2,
  );
  const joined = named.layers.flatMap((_, layer) =>
    joinPieces(
      unique.filter((piece) => piece.layer === layer && !piece.duplicate),
      joinToleranceMm,
    ).map((chain) => ({ ...chain, layer })),
  );
  const again = findDuplicates(joined, joinToleranceMm);
  const repeated = unique.filter(({ duplicate }) => duplicate);
  const contours: Contour[] = [...again, ...repeated].map(({ points, closed, lengthMm, layer, duplicate }) => ({
    points,
    closed,
    lengthMm,
    layer,
    duplicate,
    depth: 0,
  }));
  return summed(contours, named.layers);
}

function summed(contours: Contour[], found: Omit<DrawingLayer, 'lengthMm' | 'contours'>[]): DrawingResult {
  const layers: DrawingLayer[] = found.map((layer) => ({ ...layer, lengthMm: 0, contours: 0 }));
  const result: DrawingResult = {
    contours,
    layers,
    bounds: { min: [Infinity, Infinity], max: [-Infinity, -Infinity] },
    cutLengthMm: 0,
    engravedLengthMm: 0,
    engravedAreaMm2: 0,
    cutAreaMm2: 0,
    pierces: 0,
    closedContours: 0,
    openContours: 0,
    duplicates: contours.filter(({ duplicate }) => duplicate).length,
    outlines: 0,
    openEnds: [],
  };
  for (const contour of contours) {
    const layer = layers[contour.layer]!;
    if (contour.duplicate) continue;
    layer.lengthMm += contour.lengthMm;
    layer.contours++;
    if (layer.operation === 'ignore') continue;
    result.bounds = withPoints(result.bounds, contour.points);
    if (layer.operation === 'engrave') {
      result.engravedLengthMm += contour.lengthMm;
      continue;
    }
    result.cutLengthMm += contour.lengthMm;
    result.pierces++;
    if (contour.closed) result.closedContours++;
    else {
      result.openContours++;
      result.openEnds.push(startOf(contour), endOf(contour));
    }
  }
  for (const operation of ['cut', 'engrave'] as const) {
    const closed = contours.filter(
      (contour) => contour.closed && !contour.duplicate && layers[contour.layer]!.operation === operation,
    );
    const { depths, areaMm2 } = nestingOf(closed.map(({ points }) => points));
    closed.forEach((contour, at) => (contour.depth = depths[at]!));
    if (operation === 'engrave') result.engravedAreaMm2 = areaMm2;
    else {
      result.cutAreaMm2 = areaMm2;
      result.outlines = depths.filter((depth) => depth % 2 === 0).length;
    }
  }
  if (result.bounds.min[0] === Infinity) result.bounds = { min: [0, 0], max: [0, 0] };
  return result;
}

const startOf = ({ points }: Contour): [number, number] => [points[0]!, points[1]!];
const endOf = ({ points }: Contour): [number, number] => [points.at(-2)!, points.at(-1)!];

function withPoints({ min, max }: DrawingBounds, points: readonly number[]): DrawingBounds {
  let [x0, y0] = min;
  let [x1, y1] = max;
  for (let at = 0; at + 1 < points.length; at += 2) {
    x0 = Math.min(x0, points[at]!);
    x1 = Math.max(x1, points[at]!);
    y0 = Math.min(y0, points[at + 1]!);
    y1 = Math.max(y1, points[at + 1]!);
  }
  return { min: [x0, y0], max: [x1, y1] };
}

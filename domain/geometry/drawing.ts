import { findDuplicates } from './drawing-duplicates.ts';
import { joinPieces } from './drawing-join.ts';
import { proposeUses, type FoundLayer } from './drawing-layers.ts';
import { nestingOf } from './drawing-nesting.ts';
import type { DrawingPiece } from './drawing-piece.ts';
import { emptyBox, type BoundingBoxMm, type DrawingLayer, type DrawingMeasures } from './report.ts';

/** A line that a tool follows without lifting. */
export interface Contour {
  points: readonly number[];
  closed: boolean;
  lengthMm: number;
  /** Place in the layers of the measures. */
  layer: number;
  /** Repeats an earlier contour; measured once. */
  duplicate: boolean;
  /** 0 for an outline, 1 for a hole in it, 2 for an outline in that hole, ...; 0 for open ones. */
  depth: number;
}

/** A drawing as its contours, and what they add up to. */
export interface Drawing {
  contours: Contour[];
  measures: DrawingMeasures;
}

/** End points nearer than this are one: it is less than any kerf. */
export const joinToleranceMm = 0.05;

/**
 * From loose lines to what a laser or router does: lines that meet are joined, closed ones nested, repeated ones found.
 * Lines join within a layer only. Partial overlaps of lines are not looked for.
 * @throws DrawingTooComplex when nesting would take longer than the answer is worth
 */
export function measureDrawing(pieces: readonly DrawingPiece[]): Drawing {
  const named = proposeUses(pieces);
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
  const contours: Contour[] = [...again, ...repeated].map(
    ({ points, closed, lengthMm, layer, duplicate }) => ({
      points,
      closed,
      lengthMm,
      layer,
      duplicate,
      depth: 0,
    }),
  );
  return addUp(contours, named.layers);
}

/**
 * What contours add up to when their layers are used so. Notes on each how deep it lies.
 * @throws DrawingTooComplex
 */
export function addUp(contours: Contour[], found: readonly FoundLayer[]): Drawing {
  const layers: DrawingLayer[] = found.map((layer) => ({ ...layer, lengthMm: 0, contours: 0 }));
  const useOf = ({ layer }: Contour) => layers[layer]!.use;
  const once = contours.filter(({ duplicate }) => !duplicate);
  for (const { layer, lengthMm } of once) {
    layers[layer]!.lengthMm += lengthMm;
    layers[layer]!.contours++;
  }
  const cut = once.filter((contour) => useOf(contour) === 'cut');
  const engraved = once.filter((contour) => useOf(contour) === 'engrave');
  const closed = cut.filter((contour) => contour.closed);
  return {
    contours,
    measures: {
      boundingBoxMm: boxAround([...cut, ...engraved]),
      cutLengthMm: total(cut),
      pierces: cut.length,
      closedContours: closed.length,
      openContours: cut.length - closed.length,
      duplicateLines: contours.length - once.length,
      enclosedAreaMm2: nested(closed),
      engravedLengthMm: total(engraved),
      engravedAreaMm2: nested(engraved.filter((contour) => contour.closed)),
      layers,
    },
  };
}

const total = (contours: readonly Contour[]): number =>
  contours.reduce((sum, { lengthMm }) => sum + lengthMm, 0);

/** Notes on each contour how deep it lies; answers with the area between them. */
function nested(closed: Contour[]): number {
  const { depths, areaMm2 } = nestingOf(closed.map(({ points }) => points));
  closed.forEach((contour, at) => (contour.depth = depths[at]!));
  return areaMm2;
}

function boxAround(contours: readonly Contour[]): BoundingBoxMm {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { points } of contours)
    for (let at = 0; at + 1 < points.length; at += 2) {
      x0 = Math.min(x0, points[at]!);
      x1 = Math.max(x1, points[at]!);
      y0 = Math.min(y0, points[at + 1]!);
      y1 = Math.max(y1, points[at + 1]!);
    }
  if (x0 > x1) return emptyBox;
  return { min: [x0, y0, 0], max: [x1, y1, 0], size: [x1 - x0, y1 - y0, 0] };
}

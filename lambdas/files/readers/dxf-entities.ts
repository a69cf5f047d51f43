import type {
  IArcEntity,
  ICircleEntity,
  IEllipseEntity,
  IEntity,
  IInsertEntity,
  ILineEntity,
  ILwpolylineEntity,
  IPolylineEntity,
} from 'dxf-parser';
import { arcLength } from '#domain/geometry/arc-length.ts';
import {
  combined,
  flattenArc,
  flattenBulge,
  flattenEllipse,
  identity,
  type Affine,
} from '#domain/geometry/flatten.ts';
import { flattenSpline, lengthOfSpline } from '#domain/geometry/spline.ts';
import type { WeightedSpline } from './dxf-weights.ts';
import type { LinePen, PieceLook } from './line-pen.ts';

/** How far a chord may leave its curve, in the drawing's unit: 5 micrometres where that is the millimetre. */
const tolerance = 0.005;
const turn = 2 * Math.PI;

/** The parser leaves out what the file leaves out, whatever its types say. */
type Loose<T extends IEntity> = Partial<T> & Pick<T, 'type' | 'layer'>;
export type InsertEntity = Loose<IInsertEntity> & { name: string };

export const isInsert = (entity: IEntity): entity is IInsertEntity => entity.type === 'INSERT';

/** Draws one entity that is a line. Answers with the kind of one that is not, or undefined. */
export function drawEntity(
  entity: IEntity,
  pen: LinePen,
  look: PieceLook,
  matrix: Affine,
): string | undefined {
  switch (entity.type) {
    case 'LINE':
      return drawLine(entity, pen, look, matrix);
    case 'CIRCLE':
    case 'ARC':
      return drawArc(entity, pen, look, matrix);
    case 'ELLIPSE':
      return drawEllipse(entity, pen, look, matrix);
    case 'LWPOLYLINE':
    case 'POLYLINE':
      return drawPolyline(entity, pen, look, matrix);
    case 'SPLINE':
      return drawSpline(entity, pen, look, matrix);
    case 'POINT':
      return undefined;
    default:
      return entity.type;
  }
}

function drawLine({ vertices = [] }: Loose<ILineEntity>, pen: LinePen, look: PieceLook, matrix: Affine) {
  pen.draw(
    vertices.flatMap(({ x, y }) => [x, y]),
    false,
    look,
    matrix,
  );
  return undefined;
}

function drawArc(
  entity: Loose<IArcEntity & ICircleEntity>,
  pen: LinePen,
  look: PieceLook,
  matrix: Affine,
): string | undefined {
  const { center, radius } = entity;
  if (!center || !(radius !== undefined && radius > 0)) return 'CURVE';
  const from = entity.type === 'ARC' ? (entity.startAngle ?? 0) : 0;
  const sweep = entity.type === 'ARC' ? positive((entity.endAngle ?? turn) - from) : turn;
  const points = flattenArc(center.x, center.y, radius, from, from + sweep, tolerance);
  const closed = entity.type === 'CIRCLE';
  if (closed) points.length -= 2;
  pen.draw(points, closed, look, facing(entity.extrusionDirectionZ, matrix), radius * sweep);
  return undefined;
}

function drawEllipse(
  { center, majorAxisEndPoint: major, axisRatio = 1, startAngle = 0, endAngle = turn }: Loose<IEllipseEntity>,
  pen: LinePen,
  look: PieceLook,
  matrix: Affine,
): string | undefined {
  if (!center || !major) return 'CURVE';
  const sweep = positive(endAngle - startAngle);
  const closed = Math.abs(sweep - turn) < 1e-6;
  const points = flattenEllipse(
    {
      cx: center.x,
      cy: center.y,
      major: [major.x, major.y],
      minor: [-major.y * axisRatio, major.x * axisRatio],
      from: startAngle,
      to: startAngle + sweep,
    },
    tolerance,
  );
  if (closed) points.length -= 2;
  const long = Math.hypot(major.x, major.y);
  const speed = (t: number) => long * Math.hypot(Math.sin(t), axisRatio * Math.cos(t));
  pen.draw(points, closed, look, matrix, arcLength(speed, startAngle, startAngle + sweep));
  return undefined;
}

function drawPolyline(
  entity: Loose<ILwpolylineEntity & IPolylineEntity>,
  pen: LinePen,
  look: PieceLook,
  matrix: Affine,
): string | undefined {
  if (entity.is3dPolygonMesh || entity.isPolyfaceMesh) return 'MESH';
  // Control points of a curve are not on it.
  const vertices = (
    (entity.vertices ?? []) as { x: number; y: number; bulge?: number; splineControlPoint?: boolean }[]
  ).filter(({ splineControlPoint }) => !splineControlPoint);
  const first = vertices[0];
  if (!first || vertices.length < 2) return undefined;
  const closed = entity.shape === true;
  const points = [first.x, first.y];
  let length = 0;
  for (let at = 0; at < vertices.length - (closed ? 0 : 1); at++) {
    const [here, next] = [vertices[at]!, vertices[(at + 1) % vertices.length]!];
    const arc = flattenBulge([here.x, here.y], [next.x, next.y], here.bulge ?? 0, tolerance);
    for (const value of arc.points) points.push(value);
    length += arc.length;
  }
  const direction = entity.extrusionDirectionZ ?? entity.extrusionDirection?.z;
  pen.draw(points, closed, look, facing(direction, matrix), length);
  return undefined;
}

function drawSpline(
  entity: Loose<WeightedSpline>,
  pen: LinePen,
  look: PieceLook,
  matrix: Affine,
): string | undefined {
  const { controlPoints, fitPoints, knotValues, weights, degreeOfSplineCurve, closed = false } = entity;
  const spline = controlPoints &&
    knotValues && {
      degree: degreeOfSplineCurve ?? 3,
      knots: knotValues,
      control: controlPoints.flatMap(({ x, y }) => [x, y]),
      ...(weights && weights.length > 0 && { weights }),
    };
  const curve = spline && flattenSpline(spline, tolerance);
  const points = curve ?? fitPoints?.flatMap(({ x, y }) => [x, y]);
  if (!points || points.length < 4) return 'CURVE';
  const joins = Math.hypot(points[0]! - points.at(-2)!, points[1]! - points.at(-1)!) < 1e-9;
  // A closing line that the curve itself does not have is measured with the chords.
  const length = spline && curve && (joins || !closed) ? lengthOfSpline(spline) : undefined;
  pen.draw(points, closed, look, matrix, length);
  return undefined;
}

/** An angle between 0 and a full turn; 0 counts as the full one. */
function positive(angle: number): number {
  const rest = angle % turn;
  return rest <= 1e-12 ? rest + turn : rest;
}

/** Entities seen from below lie mirrored in their own plane (Autodesk DXF reference, arbitrary axis algorithm for 0, 0, -1). */
const facing = (z: number | undefined, matrix: Affine): Affine =>
  z !== undefined && z < 0 ? combined(matrix, { ...identity, a: -1 }) : matrix;

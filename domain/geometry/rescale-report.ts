import { verdictOf } from './judge-mesh.ts';
import { judgeSize } from './judge-size.ts';
import type {
  BoundingBoxMm,
  DrawingReport,
  FileUnit,
  GeometryProblem,
  GeometryReport,
  LengthUnit,
  MeshReport,
  PointMm,
} from './report.ts';
import { judgeThinWalls } from './thin-walls.ts';
import { millimetresPer } from './units.ts';

/** Problems that depend on the size in mm and are judged anew. */
const bySize: readonly GeometryProblem['code'][] = ['units_doubt', 'extent_implausible', 'thin_walls'];

/**
 * The report of the same file read in another unit, without reading it again. An attachment has no measures and stays, and
 * so does a refused file, whose problems were not all looked for.
 * @param unit chosen by a person, so it is not doubted any more
 */
export function rescaleReport(report: GeometryReport, unit: LengthUnit): GeometryReport {
  if (report.kind === 'attachment' || report.verdict === 'refused') return report;
  const factor = millimetresPer[unit] / millimetresPer[report.unit.name];
  const chosen: FileUnit = { name: unit, source: 'chosen' };
  const { proposedUnit: _, ...rest } = report;
  const scaled = rest.kind === 'mesh' ? scaleMesh(rest, factor, chosen) : scaleDrawing(rest, factor, chosen);
  return { ...scaled, verdict: verdictOf(scaled.problems) };
}

function scaleMesh(report: MeshReport, factor: number, unit: FileUnit): MeshReport {
  const boundingBoxMm = scaleBox(report.boundingBoxMm, factor);
  const walls = report.walls && {
    ...report.walls,
    thinnestMm: report.walls.thinnestMm * factor,
    spacingMm: report.walls.spacingMm * factor,
  };
  const places = report.problems.find(({ code }) => code === 'thin_walls')?.places;
  const thin = walls && judgeThinWalls(walls, places);
  return {
    ...report,
    unit,
    boundingBoxMm,
    volumeMm3: report.volumeMm3 * factor ** 3,
    areaMm2: report.areaMm2 * factor ** 2,
    ...(walls && { walls }),
    problems: scaleProblems(report.problems, factor, [judgeSize(boundingBoxMm, unit), thin]),
  };
}

function scaleDrawing(report: DrawingReport, factor: number, unit: FileUnit): DrawingReport {
  const boundingBoxMm = scaleBox(report.boundingBoxMm, factor);
  return {
    ...report,
    unit,
    boundingBoxMm,
    cutLengthMm: report.cutLengthMm * factor,
    enclosedAreaMm2: report.enclosedAreaMm2 * factor ** 2,
    engravedLengthMm: report.engravedLengthMm * factor,
    engravedAreaMm2: report.engravedAreaMm2 * factor ** 2,
    layers: report.layers.map((layer) => ({ ...layer, lengthMm: layer.lengthMm * factor })),
    problems: scaleProblems(report.problems, factor, [judgeSize(boundingBoxMm, unit)]),
  };
}

function scaleProblems(
  problems: readonly GeometryProblem[],
  factor: number,
  judgedAnew: readonly (GeometryProblem | undefined)[],
): GeometryProblem[] {
  return [
    ...problems.filter(({ code }) => !bySize.includes(code)),
    ...judgedAnew.filter((problem) => problem !== undefined),
  ].map((problem) =>
    problem.places
      ? {
          ...problem,
          places: problem.places.map((place) => place.map((point) => scalePoint(point, factor))),
        }
      : problem,
  );
}

function scaleBox({ min, max, size }: BoundingBoxMm, factor: number): BoundingBoxMm {
  return { min: scalePoint(min, factor), max: scalePoint(max, factor), size: scalePoint(size, factor) };
}

function scalePoint([x, y, z]: PointMm, factor: number): PointMm {
  return [x * factor, y * factor, z * factor];
}

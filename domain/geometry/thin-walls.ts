import { triangleArea, triangleCross } from './mesh-measures.ts';
import type { GeometryProblem, Place, PointMm, WallMeasures } from './report.ts';
import type { TriangleGrid } from './triangle-grid.ts';
import type { IndexedMesh } from './triangle-sink.ts';
import { formatCount, formatMm } from './words.ts';

/** Two lines of the common 0.4 mm nozzle; thinner walls come out weak, or not at all. */
const thinWallMm = 0.8;
/** Facets of a round wall of just that thickness come a little closer to each other. */
const tooThinMm = thinWallMm * 0.99;
const samples = 2000;
/** Has no common factor with `samples`, so that stepping by it visits all, and soon all regions. */
const sampleStep = 1237;
/** A few tenths of a second of work; a mesh of needles meets it and is sampled more coarsely. */
const mostTests = 10_000_000;
const mostPlaces = 200;
/** Opposite faces of a wall lean at most 37 degrees towards each other; two sides of an edge lean more. */
const leastOpposition = 0.8;
/** Shares that spread points evenly over each other and over triangles: the plastic number's first powers. */
const spread = [0.754_877_666_246_692_7, 0.569_840_290_998_053_3] as const;

/** Wall thickness at sampled points, and the places where it is below `thinWallMm`. */
export interface WallSamples {
  walls: WallMeasures;
  thinPlaces: Place[];
}

/**
 * Looks from about 2,000 points, spread over the surface by area, straight into the part and measures how far the opposite wall
 * is. Undefined when no point sees one.
 * @param turnedInwards the faces point inwards
 */
export function sampleWalls(grid: TriangleGrid, turnedInwards: boolean): WallSamples | undefined {
  const { mesh } = grid;
  const areas = cumulativeAreas(mesh);
  const area = areas.at(-1) ?? 0;
  if (!(area > 0)) return undefined;
  const least = Math.sqrt(area) * 1e-7;
  let thinnestMm = Infinity;
  let seen = 0;
  const thinPlaces: Place[] = [];
  let tried = 0;
  for (; tried < samples && grid.tests < mostTests; tried++) {
    const sample = (tried * sampleStep) % samples;
    const triangle = firstAtLeast(areas, ((sample + 0.5) / samples) * area);
    const normal = normalOf(mesh, triangle);
    const inwards = normal.map((value) => (turnedInwards ? value : -value)) as [number, number, number];
    const origin = pointOn(mesh, triangle, (sample * spread[0]) % 1, (sample * spread[1]) % 1);
    const hit = grid.firstHit(origin, inwards, least, triangle);
    if (!hit || -dot(normal, normalOf(mesh, hit.triangle)) < leastOpposition) continue;
    seen++;
    thinnestMm = Math.min(thinnestMm, hit.distance);
    if (hit.distance < tooThinMm && thinPlaces.length < mostPlaces) {
      const end = origin.map((value, axis) => value + inwards[axis]! * hit.distance) as [
        number,
        number,
        number,
      ];
      thinPlaces.push([rounded(origin), rounded(end)]);
    }
  }
  if (seen === 0) return undefined;
  return { walls: { thinnestMm, samples: seen, spacingMm: Math.sqrt(area / tried) }, thinPlaces };
}

/** @param places where thin walls were seen, if that is known */
export function judgeThinWalls(
  { thinnestMm, samples: seen, spacingMm }: WallMeasures,
  places: readonly Place[] = [],
): GeometryProblem | undefined {
  if (thinnestMm >= tooThinMm) return undefined;
  return {
    code: 'thin_walls',
    severity: 'warning',
    ...(places.length > 0 && { count: places.length, places: [...places] }),
    message:
      `Walls are as thin as ${formatMm(thinnestMm)} mm; below ${thinWallMm} mm (two lines of a 0.4 mm nozzle) they may come out weak or not at all. ` +
      `Measured at ${formatCount(seen)} points about ${formatMm(spacingMm)} mm apart, so smaller thin spots may have been missed.`,
  };
}

function cumulativeAreas(mesh: IndexedMesh): Float64Array {
  const areas = new Float64Array(mesh.triangles.length / 3);
  let sum = 0;
  for (let triangle = 0; triangle < areas.length; triangle++) {
    sum += triangleArea(mesh, triangle);
    areas[triangle] = sum;
  }
  return areas;
}

/** The index of the first value that is at least `wanted`, in ascending values. */
function firstAtLeast(values: Float64Array, wanted: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function normalOf(mesh: IndexedMesh, triangle: number): [number, number, number] {
  const [x, y, z] = triangleCross(mesh, triangle);
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** A point of the triangle by two shares from 0 to 1, folded so that all of it is met evenly. */
function pointOn(
  { positions, triangles }: IndexedMesh,
  triangle: number,
  first: number,
  second: number,
): [number, number, number] {
  const folded = first + second > 1;
  const u = folded ? 1 - first : first;
  const v = folded ? 1 - second : second;
  const corner = (index: number, axis: number) => positions[triangles[triangle * 3 + index]! * 3 + axis]!;
  const along = (axis: number) => corner(0, axis) * (1 - u - v) + corner(1, axis) * u + corner(2, axis) * v;
  return [along(0), along(1), along(2)];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!;
}

function rounded([x, y, z]: readonly [number, number, number]): PointMm {
  const short = (value: number) => Number(value.toPrecision(7));
  return [short(x), short(y), short(z)];
}

import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { layerTable } from './layer-table.ts';
import type { PrintSettings } from './print-settings.ts';
import { estimateFromLayers, type SweepEstimate } from './sweep-estimate.ts';

/** A way to lay a part on the plate, and what it takes then. */
export interface RestingOrientation {
  /** Turn about x, then about y, degrees; 0, 0 is as the file has it. */
  rotationDegrees: readonly [number, number];
  estimate: SweepEstimate;
  /** Plain words. */
  why: string;
}

type Direction = readonly [number, number, number];

const mostFlatSides = 4;
/** Larger meshes would take too long to be cut several times. */
const mostTriangles = 300_000;
/** A turn has to save this much, or the part stays as its maker laid it. */
const leastSaving = 0.05;

/**
 * Tries a part as it is given, on its six axis sides and on its largest flat outer sides (10 ways at most), with supports
 * everywhere so that overhangs count, and orders them by time. As given stays first when no turn saves at least 5 %.
 * @param settings what the returned estimates are made with
 */
export function restingOrientations(mesh: IndexedMesh, settings: PrintSettings): RestingOrientation[] {
  const given: Direction = [0, 0, -1];
  const axes: Direction[] = [
    [0, 0, 1],
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
  ];
  const turns =
    mesh.triangles.length / 3 > mostTriangles ? [] : [...axes, ...flatOuterSides(mesh, [given, ...axes])];
  const tried = [given, ...turns].flatMap((down) => {
    const turned = down === given ? { mesh, rotationDegrees: [0, 0] as const } : turn(mesh, down);
    const table = layerTable(turned.mesh, settings);
    const estimate = table && estimateFromLayers(table, settings);
    const supported = table && estimateFromLayers(table, { ...settings, supports: 'everywhere' });
    return estimate && supported ? [{ rotationDegrees: turned.rotationDegrees, estimate, supported }] : [];
  });
  const asGiven = tried.find(({ rotationDegrees: [x, y] }) => x === 0 && y === 0);
  const sorted = tried.toSorted((a, b) => {
    const cost = (each: typeof a) => each.supported.printSeconds * (each === asGiven ? 1 - leastSaving : 1);
    return cost(a) - cost(b);
  });
  return sorted.map(({ rotationDegrees, estimate, supported }, place) => ({
    rotationDegrees,
    estimate,
    why: wordsFor(supported, asGiven?.supported ?? supported, place === 0),
  }));
}

function wordsFor(own: SweepEstimate, given: SweepEstimate, best: boolean): string {
  const supportGrams = own.features.supports.grams;
  const supports =
    supportGrams < 0.1 ? 'no supports to speak of' : `${supportGrams.toFixed(1)} g of supports`;
  if (own === given) return best ? `as given; no turn saves 5 % (${supports})` : `as given (${supports})`;
  const saved = (1 - own.printSeconds / given.printSeconds) * 100;
  return `${Math.abs(saved).toFixed(0)} % ${saved >= 0 ? 'less' : 'more'} time than as given, ${supports}, ${own.layers} layers`;
}

/** The mesh turned so that a direction points down. */
function turn(
  mesh: IndexedMesh,
  [x, y, z]: Direction,
): { mesh: IndexedMesh; rotationDegrees: readonly [number, number] } {
  const aboutX = Math.atan2(y, z);
  const aboutY = Math.atan2(x, -Math.hypot(y, z));
  const [cosX, sinX, cosY, sinY] = [Math.cos(aboutX), Math.sin(aboutX), Math.cos(aboutY), Math.sin(aboutY)];
  const positions = new Float32Array(mesh.positions.length);
  for (let at = 0; at < positions.length; at += 3) {
    const px = mesh.positions[at]!;
    const py = mesh.positions[at + 1]!;
    const pz = mesh.positions[at + 2]!;
    const turnedZ = py * sinX + pz * cosX;
    positions[at] = px * cosY + turnedZ * sinY;
    positions[at + 1] = py * cosX - pz * sinX;
    positions[at + 2] = turnedZ * cosY - px * sinY;
  }
  const degrees = (angle: number) => Math.round((angle * 180) / Math.PI) + 0;
  return {
    mesh: { positions, triangles: mesh.triangles },
    rotationDegrees: [degrees(aboutX), degrees(aboutY)],
  };
}

/** Directions of the largest flat sides that nothing of the part stands out of, other than the known ones. */
function flatOuterSides({ positions, triangles }: IndexedMesh, known: readonly Direction[]): Direction[] {
  const sides = new Map<string, { normal: Direction; area: number; offset: number }>();
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [triangles[at]! * 3, triangles[at + 1]! * 3, triangles[at + 2]! * 3];
    const u = [0, 1, 2].map((axis) => positions[b + axis]! - positions[a + axis]!) as [
      number,
      number,
      number,
    ];
    const v = [0, 1, 2].map((axis) => positions[c + axis]! - positions[a + axis]!) as [
      number,
      number,
      number,
    ];
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]] as const;
    const twice = Math.hypot(...n);
    if (twice === 0) continue;
    const normal: Direction = [n[0] / twice, n[1] / twice, n[2] / twice];
    const key = normal.map((part) => Math.round(part * 60)).join(' ');
    const side = sides.get(key);
    if (side) side.area += twice;
    else sides.set(key, { normal, area: twice, offset: dot(normal, positions, a) });
  }
  const isKnown = (normal: Direction) =>
    known.some((each) => each.reduce((sum, part, axis) => sum + part * normal[axis]!, 0) > 0.999);
  const outer = [...sides.values()]
    .filter(({ normal }) => !isKnown(normal))
    .sort((one, other) => other.area - one.area)
    .slice(0, 4 * mostFlatSides)
    .filter(({ normal, offset }) => {
      for (let at = 0; at < positions.length; at += 3)
        if (dot(normal, positions, at) > offset + 0.1) return false;
      return true;
    });
  return outer.slice(0, mostFlatSides).map(({ normal }) => normal);
}

function dot(normal: Direction, positions: Float32Array, at: number): number {
  return normal[0] * positions[at]! + normal[1] * positions[at + 1]! + normal[2] * positions[at + 2]!;
}

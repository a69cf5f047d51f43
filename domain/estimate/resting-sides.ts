import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';

/** A unit vector. */
export type Direction = readonly [number, number, number];

/** How a part rests with a direction turned down. */
export interface Rest {
  down: Direction;
  sizeMm: [number, number, number];
  /** Flat area on the plate. */
  contactMm2: number;
  /** Space below faces that hang over, down to the plate. */
  overhangMm3: number;
}

/** Faces this near to the plate lie on it, mm; and this near to level. */
const flatMm = 0.1;
const flatCosine = 0.9995;
/** Normals are told apart by steps of a sixtieth. */
const normalSteps = 60;

/** Measures a way to rest, without turning the mesh. */
export function restOn(mesh: IndexedMesh, down: Direction, overhangDegrees: number): Rest {
  const { positions, triangles } = mesh;
  const [right, ahead] = basisOf(down);
  const heights = new Float32Array(positions.length / 3);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let point = 0, at = 0; at < positions.length; point++, at += 3) {
    const height = -along(down, positions, at);
    heights[point] = height;
    const values = [along(right, positions, at), along(ahead, positions, at), height];
    for (let axis = 0; axis < 3; axis++) {
      if (values[axis]! < low[axis]!) low[axis] = values[axis]!;
      if (values[axis]! > high[axis]!) high[axis] = values[axis]!;
    }
  }
  const bottom = low[2]!;
  const limit = Math.cos((overhangDegrees * Math.PI) / 180);
  let contactMm2 = 0;
  let overhangMm3 = 0;
  eachFace(mesh, (at, nx, ny, nz, twice) => {
    const facing = (nx * down[0] + ny * down[1] + nz * down[2]) / twice;
    if (facing <= limit) return;
    const [a, b, c] = [
      heights[triangles[at]!]! - bottom,
      heights[triangles[at + 1]!]! - bottom,
      heights[triangles[at + 2]!]! - bottom,
    ];
    const area = twice / 2;
    if (Math.max(a, b, c) > flatMm) overhangMm3 += (area * facing * (a + b + c)) / 3;
    else if (facing > flatCosine) contactMm2 += area;
  });
  return {
    down,
    sizeMm: [high[0]! - low[0]!, high[1]! - low[1]!, high[2]! - low[2]!],
    contactMm2,
    overhangMm3,
  };
}

/** The directions that most of the surface faces in, besides the known ones: flat sides, or what comes near to one. */
export function flatSides(mesh: IndexedMesh, known: readonly Direction[], most: number): Direction[] {
  const sides = new Map<number, { sum: [number, number, number]; area: number }>();
  const step = (value: number) => Math.round(value * normalSteps) + normalSteps;
  const span = 2 * normalSteps + 1;
  eachFace(mesh, (_, nx, ny, nz, twice) => {
    const key = (step(nx / twice) * span + step(ny / twice)) * span + step(nz / twice);
    let side = sides.get(key);
    if (!side) sides.set(key, (side = { sum: [0, 0, 0], area: 0 }));
    side.sum[0] += nx;
    side.sum[1] += ny;
    side.sum[2] += nz;
    side.area += twice;
  });
  return [...sides.values()]
    .sort((one, other) => other.area - one.area)
    .map(({ sum: [x, y, z] }): Direction => {
      const length = Math.hypot(x, y, z);
      return [x / length, y / length, z / length];
    })
    .filter(
      (side) => !known.some((each) => each.reduce((sum, part, axis) => sum + part * side[axis]!, 0) > 0.999),
    )
    .slice(0, most);
}

/** Calls with each face's first index and its normal, twice its area long; faces without area are passed over. */
function eachFace(
  { positions, triangles }: IndexedMesh,
  visit: (at: number, nx: number, ny: number, nz: number, twice: number) => void,
): void {
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [triangles[at]! * 3, triangles[at + 1]! * 3, triangles[at + 2]! * 3];
    const ux = positions[b]! - positions[a]!;
    const uy = positions[b + 1]! - positions[a + 1]!;
    const uz = positions[b + 2]! - positions[a + 2]!;
    const vx = positions[c]! - positions[a]!;
    const vy = positions[c + 1]! - positions[a + 1]!;
    const vz = positions[c + 2]! - positions[a + 2]!;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    const twice = Math.sqrt(nx * nx + ny * ny + nz * nz);
    if (twice > 0) visit(at, nx, ny, nz, twice);
  }
}

/** The turn about x, then about y, that brings a direction down, rad. */
function turnOf([x, y, z]: Direction): [aboutX: number, aboutY: number] {
  const level = Math.hypot(y, z);
  return [level === 0 ? 0 : Math.atan2(0 - y, 0 - z), Math.atan2(x, level)];
}

/** The turn in whole degrees, for people. */
export function turnDegrees(down: Direction): [number, number] {
  const [aboutX, aboutY] = turnOf(down).map((angle) => Math.round((angle * 180) / Math.PI) + 0) as [
    number,
    number,
  ];
  return [aboutX === -180 ? 180 : aboutX, aboutY];
}

/** The axes x and y of the plate in the part's own coordinates. */
function basisOf(down: Direction): [Direction, Direction] {
  const [aboutX, aboutY] = turnOf(down);
  const [cosX, sinX, cosY, sinY] = [Math.cos(aboutX), Math.sin(aboutX), Math.cos(aboutY), Math.sin(aboutY)];
  return [
    [cosY, sinY * sinX, sinY * cosX],
    [0, cosX, -sinX],
  ];
}

/** The mesh turned so that a direction points down. */
export function turned({ positions, triangles }: IndexedMesh, down: Direction): IndexedMesh {
  const [right, ahead] = basisOf(down);
  const result = new Float32Array(positions.length);
  for (let at = 0; at < positions.length; at += 3) {
    result[at] = along(right, positions, at);
    result[at + 1] = along(ahead, positions, at);
    result[at + 2] = -along(down, positions, at);
  }
  return { positions: result, triangles };
}

function along(direction: Direction, positions: Float32Array, at: number): number {
  return (
    direction[0] * positions[at]! + direction[1] * positions[at + 1]! + direction[2] * positions[at + 2]!
  );
}

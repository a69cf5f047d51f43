import type { IndexedMesh } from './triangle-sink.ts';

/** Area of one triangle in mm2. */
export function triangleArea(mesh: IndexedMesh, triangle: number): number {
  return Math.hypot(...triangleCross(mesh, triangle)) / 2;
}

/** Normal times twice the area. */
export function triangleCross(
  { positions, triangles }: IndexedMesh,
  triangle: number,
): [number, number, number] {
  const a = triangles[triangle * 3]! * 3;
  const b = triangles[triangle * 3 + 1]! * 3;
  const c = triangles[triangle * 3 + 2]! * 3;
  const ux = positions[b]! - positions[a]!;
  const uy = positions[b + 1]! - positions[a + 1]!;
  const uz = positions[b + 2]! - positions[a + 2]!;
  const vx = positions[c]! - positions[a]!;
  const vy = positions[c + 1]! - positions[a + 1]!;
  const vz = positions[c + 2]! - positions[a + 2]!;
  return [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
}

/** Enclosed volume in mm3, below 0 when the faces point inwards; taken about the first point. */
export function signedVolume(mesh: IndexedMesh): number {
  const { positions, triangles } = mesh;
  let sixfold = 0;
  for (let triangle = 0; triangle * 3 < triangles.length; triangle++) {
    const [nx, ny, nz] = triangleCross(mesh, triangle);
    const at = triangles[triangle * 3]! * 3;
    sixfold +=
      (positions[at]! - positions[0]!) * nx +
      (positions[at + 1]! - positions[1]!) * ny +
      (positions[at + 2]! - positions[2]!) * nz;
  }
  return sixfold / 6;
}

import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';

/** A box with its lower corner at a place, mm; `inwards` turns its faces round, as for a cavity. */
export function boxMesh(
  size: readonly [number, number, number],
  at: readonly [number, number, number] = [0, 0, 0],
  inwards = false,
): IndexedMesh {
  const positions = new Float32Array(24);
  for (let corner = 0; corner < 8; corner++) {
    for (let axis = 0; axis < 3; axis++) {
      positions[corner * 3 + axis] = at[axis]! + ((corner >> axis) & 1) * size[axis]!;
    }
  }
  const faces = [
    [0, 2, 1],
    [1, 2, 3],
    [4, 5, 6],
    [5, 7, 6],
    [0, 1, 4],
    [1, 5, 4],
    [2, 6, 3],
    [3, 6, 7],
    [0, 4, 2],
    [2, 4, 6],
    [1, 3, 5],
    [3, 7, 5],
  ];
  return {
    positions,
    triangles: Int32Array.from(faces.flatMap(([a, b, c]) => (inwards ? [a!, c!, b!] : [a!, b!, c!]))),
  };
}

/** Several meshes as one, points kept apart. */
export function joined(...meshes: IndexedMesh[]): IndexedMesh {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (const mesh of meshes) {
    const first = positions.length / 3;
    positions.push(...mesh.positions);
    triangles.push(...mesh.triangles.map((corner) => corner + first));
  }
  return { positions: Float32Array.from(positions), triangles: Int32Array.from(triangles) };
}

/** A ball of so many rings; 4 x rings x rings triangles, all points shared. */
export function ballMesh(radiusMm: number, rings: number): IndexedMesh {
  const around = rings * 2;
  const positions: number[] = [0, 0, -radiusMm];
  for (let ring = 1; ring < rings; ring++) {
    const angle = -Math.PI / 2 + (Math.PI * ring) / rings;
    for (let step = 0; step < around; step++) {
      const turn = (2 * Math.PI * step) / around;
      positions.push(
        radiusMm * Math.cos(angle) * Math.cos(turn),
        radiusMm * Math.cos(angle) * Math.sin(turn),
        radiusMm * Math.sin(angle),
      );
    }
  }
  positions.push(0, 0, radiusMm);
  const triangles: number[] = [];
  const point = (ring: number, step: number) => 1 + (ring - 1) * around + (step % around);
  const top = positions.length / 3 - 1;
  for (let step = 0; step < around; step++) {
    triangles.push(0, point(1, step + 1), point(1, step));
    for (let ring = 1; ring < rings - 1; ring++) {
      const [a, b, c, d] = [
        point(ring, step),
        point(ring, step + 1),
        point(ring + 1, step),
        point(ring + 1, step + 1),
      ];
      triangles.push(a, b, c, b, d, c);
    }
    triangles.push(point(rings - 1, step), point(rings - 1, step + 1), top);
  }
  return { positions: Float32Array.from(positions), triangles: Int32Array.from(triangles) };
}

/** The mesh turned about z, moved and scaled. */
export function placed(
  { positions, triangles }: IndexedMesh,
  { degrees = 0, by = [0, 0, 0], scale = 1 }: { degrees?: number; by?: readonly number[]; scale?: number },
): IndexedMesh {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const moved = new Float32Array(positions.length);
  for (let at = 0; at < positions.length; at += 3) {
    const [x, y, z] = [positions[at]! * scale, positions[at + 1]! * scale, positions[at + 2]! * scale];
    moved[at] = x * cos - y * sin + by[0]!;
    moved[at + 1] = x * sin + y * cos + by[1]!;
    moved[at + 2] = z + by[2]!;
  }
  return { positions: moved, triangles };
}

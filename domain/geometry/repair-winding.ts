import { MeshTopology } from './mesh-topology.ts';
import { signedVolume, triangleArea } from './mesh-measures.ts';
import type { IndexedMesh } from './triangle-sink.ts';

/**
 * Turns faces so that neighbours agree: within each piece the larger area keeps its side. Then, if the whole encloses a negative
 * volume, all faces are turned. Cavities keep pointing into themselves.
 * @param triangles changed in place
 * @returns how many faces were turned
 */
export function agreeOnWinding({ positions, triangles }: IndexedMesh): number {
  const topology = new MeshTopology(triangles);
  const faces = triangles.length / 3;
  /** 0 not seen, 1 as it is, -1 to be turned. */
  const turns = new Int8Array(faces);
  for (let seed = 0; seed < faces; seed++) {
    if (turns[seed] !== 0) continue;
    const piece = spread(topology, turns, seed);
    let balance = 0;
    for (const face of piece) balance += turns[face]! * triangleArea({ positions, triangles }, face);
    if (balance < 0) for (const face of piece) turns[face] = -turns[face]!;
  }
  const mesh = { positions, triangles };
  for (let face = 0; face < faces; face++) if (turns[face] === -1) turn(triangles, face);
  const allTurned = signedVolume(mesh) < 0;
  if (allTurned) for (let face = 0; face < faces; face++) turn(triangles, face);
  let turned = 0;
  for (const sign of turns) if ((sign === -1) !== allTurned) turned++;
  return turned;
}

/** Gives every face of the seed's piece the side that agrees with the seed's, over edges with two faces. */
function spread(topology: MeshTopology, turns: Int8Array, seed: number): number[] {
  turns[seed] = 1;
  const piece = [seed];
  for (let next = 0; next < piece.length; next++) {
    const face = piece[next]!;
    for (let side = face * 3; side < face * 3 + 3; side++) {
      const opposite = topology.opposite(side);
      if (opposite < 0) continue;
      const neighbour = Math.floor(opposite / 3);
      if (turns[neighbour] !== 0) continue;
      const agrees = topology.from(side) === topology.to(opposite);
      turns[neighbour] = agrees ? turns[face]! : -turns[face]!;
      piece.push(neighbour);
    }
  }
  return piece;
}

function turn(triangles: Int32Array, face: number): void {
  const second = triangles[face * 3 + 1]!;
  triangles[face * 3 + 1] = triangles[face * 3 + 2]!;
  triangles[face * 3 + 2] = second;
}

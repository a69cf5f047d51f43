import type { MeshKernel } from './mesh-kernel.ts';
import { findOverlaps, judgeOverlaps } from './overlapping-shells.ts';
import type { GeometryProblem, MeshMeasures, WallMeasures } from './report.ts';
import { judgeThinWalls, sampleWalls } from './thin-walls.ts';
import { TriangleGrid } from './triangle-grid.ts';

export interface Inspection {
  walls?: WallMeasures;
  problems: GeometryProblem[];
}

/**
 * The looks that need the mesh as a whole: how thick its walls are and whether its bodies run through each other. Meshes whose
 * faces were not kept are left alone. Sorting the triangles takes about 0.2 us each, all else has a bound and tells when it met it.
 * @param sizeIsDoubted whether the unit is in doubt, so that a thickness in mm means nothing yet
 */
export function inspectMesh(
  kernel: MeshKernel,
  { shells, openEdges, insideOut }: MeshMeasures,
  sizeIsDoubted: boolean,
): Inspection {
  const mesh = kernel.mesh();
  if (!mesh || mesh.triangles.length === 0) return { problems: [] };
  const grid = new TriangleGrid(mesh);
  // The shells of an open surface are its torn pieces, not bodies.
  const overlaps =
    shells > 1 && openEdges === 0 ? judgeOverlaps(findOverlaps(grid, kernel.shellOfTriangles())) : undefined;
  const sampled = sampleWalls(grid, insideOut);
  const thin = sampled && !sizeIsDoubted ? judgeThinWalls(sampled.walls, sampled.thinPlaces) : undefined;
  return {
    ...(sampled && { walls: sampled.walls }),
    problems: [overlaps, thin].filter((problem) => problem !== undefined),
  };
}

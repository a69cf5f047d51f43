import { FileCheck } from './file-check.ts';
import { closeSmallHoles } from './repair-holes.ts';
import { weldRims } from './repair-weld.ts';
import { agreeOnWinding } from './repair-winding.ts';
import { defaultLimits, type MeshReport } from './report.ts';
import { binaryStlBytes } from './stl-writer.ts';
import type { IndexedMesh } from './triangle-sink.ts';

const toleranceShareOfDiagonal = 1e-6;
/** Larger meshes take more memory to repair than to check. */
export const mostRepairedTriangles = 1_000_000;

/** What a repair did. */
export interface RepairSteps {
  joinedPoints: number;
  /** Faces without area, and faces that were there twice. */
  removedFaces: number;
  turnedFaces: number;
  closedHoles: number;
}

export interface Repair {
  /** A new mesh; the one given is as it was. */
  mesh: IndexedMesh;
  steps: RepairSteps;
  after: MeshReport;
  /** The repaired mesh has a better verdict, or fewer problems, than the one given. */
  improves: boolean;
}

/**
 * The repair that keeps the shape: points of torn edges within a millionth of the diagonal become one, faces agree on their
 * outside, small holes are closed. What it can not mend stays and is in the report.
 * @param before the report of this mesh
 * @returns undefined when the mesh is too large or was refused
 */
export function repairMesh(mesh: IndexedMesh, before: MeshReport): Repair | undefined {
  if (before.verdict === 'refused' || mesh.triangles.length / 3 > mostRepairedTriangles) return undefined;
  const toleranceMm = Math.hypot(...before.boundingBoxMm.size) * toleranceShareOfDiagonal;
  const welded = weldRims(mesh, toleranceMm);
  const turnedFaces = agreeOnWinding(welded.mesh);
  const { mesh: repaired, closed: closedHoles } = closeSmallHoles(welded.mesh);
  const after = reportOf(repaired, before);
  return {
    mesh: repaired,
    steps: {
      joinedPoints: welded.joinedPoints,
      removedFaces: welded.removedFaces,
      turnedFaces,
      closedHoles,
    },
    after,
    improves: faults(after) < faults(before),
  };
}

function faults({
  openEdges,
  unbalancedEdges,
  inconsistentEdges,
  insideOut,
  duplicateFaces,
}: MeshReport): number {
  return openEdges + unbalancedEdges + inconsistentEdges + duplicateFaces + (insideOut ? 1 : 0);
}

/** The report of the mesh as a binary STL, in the unit that was decided for the original. */
function reportOf({ positions, triangles }: IndexedMesh, { unit }: MeshReport): MeshReport {
  const totalBytes = binaryStlBytes(triangles.length / 3);
  const check = new FileCheck({ format: 'stl-binary', totalBytes, limits: defaultLimits });
  const sink = check.context.openSink(triangles.length / 3);
  for (let at = 0; at < triangles.length; at += 3) {
    for (let corner = 0; corner < 3; corner++) {
      const from = triangles[at + corner]! * 3;
      for (let axis = 0; axis < 3; axis++) sink.corners[corner * 3 + axis] = positions[from + axis]!;
    }
    sink.addTriangle();
  }
  const found = {
    kind: 'mesh',
    judge: () => [],
    ...(unit.source !== 'assumed' && { unit: unit.name }),
  } as const;
  return { ...(check.report(found, totalBytes) as MeshReport), unit };
}

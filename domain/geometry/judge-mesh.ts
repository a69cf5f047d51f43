import { judgeSize } from './judge-size.ts';
import type { MeshResult } from './mesh-kernel.ts';
import type { FileUnit, GeometryProblem, GeometryVerdict } from './report.ts';
import { formatCount, formatCounted } from './words.ts';

/** A volume below this share of area x diagonal is rounding, not matter. */
const leastVolumeShare = 1e-9;

/** What keeps a mesh from being made or quoted, in plain words; the worst first. */
export function judgeMesh(mesh: MeshResult, unit: FileUnit): GeometryProblem[] {
  const refusals = judgeNumbers(mesh);
  if (refusals.length > 0) return refusals;
  const ofSize = judgeSize(mesh.measures.boundingBoxMm, unit);
  if (ofSize?.severity === 'refusal') return [ofSize];
  return [...judgeSurface(mesh), ...(ofSize ? [ofSize] : []), ...judgeFaces(mesh)];
}

/** The verdict is the worst problem's. */
export function verdictOf(problems: readonly GeometryProblem[]): GeometryVerdict {
  const has = (severity: GeometryProblem['severity']) =>
    problems.some((problem) => problem.severity === severity);
  if (has('refusal')) return 'refused';
  if (has('repair')) return 'needs_repair';
  return has('warning') ? 'warning' : 'fine';
}

function judgeNumbers({ measures, nonFiniteFaces }: MeshResult): GeometryProblem[] {
  if (measures.triangles === 0) {
    return [
      {
        code: 'no_triangles',
        severity: 'refusal',
        message:
          'This file holds no triangles: there is nothing to make. Export the part again and check that it is not hidden or empty.',
      },
    ];
  }
  if (nonFiniteFaces > 0) {
    return [
      {
        code: 'non_finite',
        severity: 'refusal',
        count: nonFiniteFaces,
        message:
          `${formatCount(nonFiniteFaces)} of ${formatCounted(measures.triangles, 'triangle')} have coordinates that are not numbers: ` +
          'the file is damaged or is not a 3D model. Export the part again from your CAD program.',
      },
    ];
  }
  return [];
}

function judgeSurface({ measures, places, unbalancedAfterWeld }: MeshResult): GeometryProblem[] {
  const problems: GeometryProblem[] = [];
  if (measures.openEdgesAfterWeld > 0) {
    problems.push({
      code: 'open_edges',
      severity: 'repair',
      count: measures.openEdgesAfterWeld,
      ...(places.open_edges && { places: places.open_edges }),
      message:
        `This file has ${formatCounted(measures.openEdgesAfterWeld, 'open edge')}: it is not a closed solid. ` +
        'Close the holes in your CAD program or send a repaired file.',
    });
  }
  const unbalanced = measures.unbalancedEdges + unbalancedAfterWeld;
  if (unbalanced > 0) {
    problems.push({
      code: 'unbalanced_edges',
      severity: 'repair',
      count: unbalanced,
      ...(places.unbalanced_edges && { places: places.unbalanced_edges }),
      message:
        `At ${formatCounted(unbalanced, 'edge')} the faces do not pair up, so inside and outside can not be told apart there. ` +
        'Remove doubled or inner faces in your CAD program or send a repaired file.',
    });
  }
  if (measures.inconsistentEdges > 0) {
    problems.push({
      code: 'inconsistent_winding',
      severity: 'repair',
      count: measures.inconsistentEdges,
      ...(places.inconsistent_winding && { places: places.inconsistent_winding }),
      message:
        `At ${formatCounted(measures.inconsistentEdges, 'edge')} neighbouring faces point to opposite sides, so the volume can not be trusted. ` +
        'Recalculate the normals in your CAD program or send a repaired file.',
    });
  }
  const diagonal = Math.hypot(...measures.boundingBoxMm.size);
  if (measures.volumeMm3 <= leastVolumeShare * measures.areaMm2 * diagonal) {
    problems.push({
      code: 'no_volume',
      severity: 'repair',
      message:
        'This model encloses no volume: it is a surface without thickness. Give it a wall thickness in your CAD program.',
    });
  }
  if (measures.openEdges > measures.openEdgesAfterWeld) {
    problems.push({
      code: 'edges_joined',
      severity: 'warning',
      count: measures.openEdges - measures.openEdgesAfterWeld,
      message:
        `${formatCounted(measures.openEdges - measures.openEdgesAfterWeld, 'edge')} only meet when points closer than a millionth ` +
        "of the part's size count as one. We treat them as joined; nothing needs to be done.",
    });
  }
  if (measures.insideOut) {
    problems.push({
      code: 'inside_out',
      severity: 'warning',
      message:
        'All faces of this model point inwards. We take it as the solid it encloses; flip the normals if it was meant to be a cavity.',
    });
  }
  return problems;
}

function judgeFaces({ measures, places }: MeshResult): GeometryProblem[] {
  const problems: GeometryProblem[] = [];
  const balanced = measures.nonManifoldEdges - measures.unbalancedEdges;
  if (balanced > 0) {
    problems.push({
      code: 'non_manifold_edges',
      severity: 'warning',
      count: balanced,
      ...(places.non_manifold_edges && { places: places.non_manifold_edges }),
      message:
        `${formatCounted(balanced, 'edge')} ${balanced === 1 ? 'is' : 'are'} shared by more than two faces, as where two bodies touch. ` +
        'It can be made as it is; merge the bodies if they are meant to be one.',
    });
  }
  if (measures.duplicateFaces > 0) {
    problems.push({
      code: 'duplicate_faces',
      severity: 'warning',
      count: measures.duplicateFaces,
      ...(places.duplicate_faces && { places: places.duplicate_faces }),
      message:
        `${formatCounted(measures.duplicateFaces, 'face')} ${measures.duplicateFaces === 1 ? 'is' : 'are'} in the file more than once, ` +
        'which counts their share of the volume twice. Remove the doubled faces.',
    });
  }
  if (measures.degenerateFaces > 0) {
    problems.push({
      code: 'degenerate_faces',
      severity: 'note',
      count: measures.degenerateFaces,
      ...(places.degenerate_faces && { places: places.degenerate_faces }),
      message: `${formatCounted(measures.degenerateFaces, 'face')} without area ${measures.degenerateFaces === 1 ? 'was' : 'were'} skipped; nothing needs to be done.`,
    });
  }
  return problems;
}

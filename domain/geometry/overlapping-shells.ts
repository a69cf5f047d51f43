import type { GeometryProblem, Place } from './report.ts';
import { formatCount } from './words.ts';
import type { TriangleGrid } from './triangle-grid.ts';
import type { IndexedMesh } from './triangle-sink.ts';
import { trianglesCross } from './triangles-cross.ts';

const mostPlaces = 200;
/** A second of work each; what was found until then is told. */
const mostTests = 3_000_000;
const mostPairs = 200_000_000;

/** Bodies of one file whose surfaces run through each other. */
export interface Overlaps {
  /** Bodies that meet another one. */
  shells: number;
  /** Faces that cross a face of another body. */
  places: Place[];
  /** All pairs that could cross were looked at. */
  complete: boolean;
}

/**
 * Looks for faces of different shells that cross. Shells that only touch or lie inside each other do not overlap.
 * @param shellOf the shell of each triangle
 */
export function findOverlaps(grid: TriangleGrid, shellOf: Int32Array): Overlaps {
  const meeting = new Set<number>();
  const seen = new Set<number>();
  const places: Place[] = [];
  let tests = 0;
  let pairs = 0;
  for (const triangles of grid.crowdedCells()) {
    if (isOneShell(triangles, shellOf)) continue;
    for (let i = 0; i < triangles.length; i++) {
      pairs += triangles.length - i;
      if (pairs > mostPairs) return { shells: meeting.size, places, complete: false };
      for (let j = i + 1; j < triangles.length; j++) {
        const a = triangles[i]!;
        const b = triangles[j]!;
        if (shellOf[a] === shellOf[b]) continue;
        if (++tests > mostTests) return { shells: meeting.size, places, complete: false };
        if (!trianglesCross(grid.mesh, a, b)) continue;
        meeting.add(shellOf[a]!).add(shellOf[b]!);
        for (const triangle of [a, b]) {
          if (seen.has(triangle) || places.length === mostPlaces) continue;
          seen.add(triangle);
          places.push(cornersOf(grid.mesh, triangle));
        }
      }
    }
  }
  return { shells: meeting.size, places, complete: true };
}

function isOneShell(triangles: Int32Array, shellOf: Int32Array): boolean {
  const shell = shellOf[triangles[0]!];
  for (const triangle of triangles) if (shellOf[triangle] !== shell) return false;
  return true;
}

export function judgeOverlaps({ shells, places, complete }: Overlaps): GeometryProblem | undefined {
  if (shells === 0 && complete) return undefined;
  if (shells === 0)
    return {
      code: 'overlapping_shells',
      severity: 'note',
      message:
        'The bodies of this file lie so close together that we could not look everywhere whether they run through each other; ' +
        'where we looked they do not.',
    };
  return {
    code: 'overlapping_shells',
    severity: 'warning',
    count: shells,
    places,
    message:
      `${complete ? '' : 'At least '}${formatCount(shells)} bodies of this file run through each other, so the space that they share is counted twice. ` +
      'Unite them in your CAD program if they are meant to be one.',
  };
}

function cornersOf({ positions, triangles }: IndexedMesh, triangle: number): Place {
  return [0, 1, 2].map((corner) => {
    const at = triangles[triangle * 3 + corner]! * 3;
    const short = (axis: number) => Number(positions[at + axis]!.toPrecision(7));
    return [short(0), short(1), short(2)] as const;
  });
}

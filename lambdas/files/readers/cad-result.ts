import type { DrawingFound } from '#domain/geometry/file-reader.ts';
import type { FileFormat, GeometryProblem, LengthUnit, ProblemCode } from '#domain/geometry/report.ts';

/** One body as triangles, in mm. */
export interface CadSolid {
  /** x y z of each corner. */
  positions: Float32Array;
  /** Three places in `positions` per triangle. */
  triangles: Uint32Array;
}

export interface CadMesh {
  kind: 'mesh';
  solids: CadSolid[];
  unit?: LengthUnit;
  problems: GeometryProblem[];
}

/** What the worker thread makes of a file. */
export type CadResult = CadMesh | DrawingFound | { kind: 'unreadable'; code: ProblemCode; message: string };

/** The formats that are read on a thread of their own. */
export const cadFormats = ['step', 'iges', '3dm', 'dxf', 'svg'] as const satisfies FileFormat[];
export type CadFormat = (typeof cadFormats)[number];

export interface CadTask {
  format: CadFormat;
  bytes: Uint8Array;
  mostTriangles: number;
}

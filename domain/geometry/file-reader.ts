import type { Contour } from './drawing.ts';
import type { MeshResult } from './mesh-kernel.ts';
import type { DrawingMeasures, FileFormat, GeometryLimits, GeometryProblem, LengthUnit } from './report.ts';
import type { TriangleSink } from './triangle-sink.ts';

/** What a reader is given beside the bytes. */
export interface ReadContext {
  format: FileFormat;
  /** The file's length as the store knows it; fewer bytes may come. */
  totalBytes: number;
  limits: GeometryLimits;
  /**
   * Begins a mesh; a reader that finds none never calls it.
   * @param expectedTriangles what to make room for; bound it by the bytes that are there, never by the file's word alone
   */
  openSink: (expectedTriangles: number) => TriangleSink;
}

/** A file whose triangles went into the sink, in mm. */
export interface MeshFound {
  kind: 'mesh';
  /** The unit the file states; formats without one leave it out and their numbers are taken for millimetres. */
  unit?: LengthUnit;
  /**
   * What is wrong with the file itself, told when the mesh is known. A refusal replaces all other problems.
   * @param ofMesh what is wrong with the mesh
   */
  judge(mesh: MeshResult, ofMesh: readonly GeometryProblem[]): GeometryProblem[];
}

/** A file of lines in a plane, in mm. */
export interface DrawingFound {
  kind: 'drawing';
  /** The unit the file states. */
  unit?: LengthUnit;
  /** The unit its numbers were taken in when it states none; millimetres if left out. */
  assumedUnit?: LengthUnit;
  measures: DrawingMeasures;
  contours: Contour[];
  problems: GeometryProblem[];
}

/** A file that is kept as it is. */
export interface AttachmentFound {
  kind: 'attachment';
  problems: GeometryProblem[];
}

export type Found = MeshFound | DrawingFound | AttachmentFound;

/** Reads one format from chunks of any size; throws `UnreadableFile` when it can not go on. */
export interface StreamReader {
  push(chunk: Uint8Array): void;
  finish(): Found;
}

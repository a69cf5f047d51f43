/** What a file is, told from its bytes. */
export type FileFormat =
  | 'stl-binary'
  | 'stl-ascii'
  | '3mf'
  | 'zip'
  | 'step'
  | 'iges'
  | 'obj'
  | 'ply'
  | 'dxf'
  | 'svg'
  | 'pdf'
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'gif'
  | '3dm'
  | 'unknown';

/** A point in the file's own coordinates, in mm. */
export type PointMm = readonly [number, number, number];

export interface BoundingBoxMm {
  min: PointMm;
  max: PointMm;
  size: PointMm;
}

/** A point, the two ends of an edge or the three corners of a face, in mm. */
export type Place = readonly PointMm[];

/** note: for the record; warning: can be made, look first; repair: not a sound solid; refusal: can not be quoted. */
export type ProblemSeverity = 'note' | 'warning' | 'repair' | 'refusal';

export type ProblemCode =
  | 'empty_file'
  | 'unsupported_format'
  | 'unsupported_content'
  | 'unknown_format'
  | 'too_large'
  | 'no_room'
  | 'too_many_triangles'
  | 'too_complex'
  | 'truncated'
  | 'malformed'
  | 'not_a_model'
  | 'no_triangles'
  | 'non_finite'
  | 'extent_implausible'
  | 'open_edges'
  | 'unbalanced_edges'
  | 'inconsistent_winding'
  | 'duplicate_faces'
  | 'no_volume'
  | 'inside_out'
  | 'edges_joined'
  | 'non_manifold_edges'
  | 'units_doubt'
  | 'wrong_count'
  | 'spare_bytes'
  | 'degenerate_faces'
  | 'overlapping_shells'
  | 'thin_walls'
  | 'left_out'
  | 'missing_end'
  | 'no_stored_mesh'
  | 'no_lines'
  | 'open_contours'
  | 'duplicate_lines';

export interface GeometryProblem {
  code: ProblemCode;
  severity: ProblemSeverity;
  /** Plain words: what was found, what it means, what to do. */
  message: string;
  count?: number;
  /** Where the problem is, for the viewer; of many only some. */
  places?: Place[];
}

/** Refused: no price may be built on it. Needs repair: a price would rest on a doubtful volume. */
export type GeometryVerdict = 'fine' | 'warning' | 'needs_repair' | 'refused';

/** The numbers of one triangle mesh. Counts are of the exact weld (equal coordinates) unless the name says otherwise. */
export interface MeshMeasures {
  triangles: number;
  vertices: number;
  boundingBoxMm: BoundingBoxMm;
  /** Enclosed volume, never negative; `insideOut` tells when the file has its faces turned inwards. */
  volumeMm3: number;
  areaMm2: number;
  /** Pieces connected through edges: cubes that touch in a vertex are two, cubes that share an edge are one. */
  shells: number;
  /** Edges with one face. */
  openEdges: number;
  /** Open edges left when end points within a millionth of the diagonal count as one. */
  openEdgesAfterWeld: number;
  /** Edges with more than two faces. */
  nonManifoldEdges: number;
  /** Non-manifold edges whose faces do not pair up by direction. */
  unbalancedEdges: number;
  /** Edges whose two faces run the same way. */
  inconsistentEdges: number;
  /** Faces with two corners in one point. */
  degenerateFaces: number;
  /** Faces that repeat the corners of an earlier face. */
  duplicateFaces: number;
  /** No open and no non-manifold edge. */
  watertight: boolean;
  insideOut: boolean;
}

/** The numbers of a drawing for laser or mill: contours in the plane, z is 0. */
export interface DrawingMeasures {
  boundingBoxMm: BoundingBoxMm;
  /** Length of all lines to cut; a line drawn twice counts once. */
  cutLengthMm: number;
  /** How often the tool has to enter the sheet: contours to cut, open or closed. */
  pierces: number;
  closedContours: number;
  openContours: number;
  /** Lines drawn a second time in the same place. */
  duplicateLines: number;
  /** Area inside the outer contours without their holes. */
  enclosedAreaMm2: number;
  engravedLengthMm: number;
  engravedAreaMm2: number;
  layers: DrawingLayer[];
}

/** What to do with the lines of a layer or colour; a proposal until somebody says otherwise. */
export interface DrawingLayer {
  name: string;
  /** #rrggbb */
  color?: string;
  use: 'cut' | 'engrave' | 'ignore';
  contours: number;
  lengthMm: number;
}

/** px: the pixel of CSS, a 96th of an inch. */
export type LengthUnit = 'micron' | 'mm' | 'cm' | 'm' | 'inch' | 'foot' | 'px';

/** The unit of the file's numbers: stated by the file, assumed because its format has none, or chosen by a person. */
export interface FileUnit {
  name: LengthUnit;
  source: 'stated' | 'assumed' | 'chosen';
}

interface ReportBase {
  format: FileFormat;
  bytes: number;
  verdict: GeometryVerdict;
  problems: GeometryProblem[];
  kernelVersion: string;
}

/** Lengths are in mm, made from the file's numbers by `unit`. */
interface MeasuredBase extends ReportBase {
  unit: FileUnit;
  /** The unit that would make the size plausible. */
  proposedUnit?: LengthUnit;
}

/** How thick the walls are, as far as samples can tell. */
export interface WallMeasures {
  thinnestMm: number;
  /** Points from which an opposite wall was seen. */
  samples: number;
  /** Mean distance between neighbouring points. */
  spacingMm: number;
}

/** A body bounded by triangles. Measures are 0 where a refused file was not measured. */
export interface MeshReport extends MeasuredBase, MeshMeasures {
  kind: 'mesh';
  /** Absent when walls were not looked at or none was seen. */
  walls?: WallMeasures;
}

/** Lines in a plane. */
export interface DrawingReport extends MeasuredBase, DrawingMeasures {
  kind: 'drawing';
}

/** A file that is kept but not measured, or not even readable; `problems` says which. */
export interface AttachmentReport extends ReportBase {
  kind: 'attachment';
}

/** The serialisable result of a check. */
export type GeometryReport = MeshReport | DrawingReport | AttachmentReport;

export type BodyMeasures = Pick<MeshMeasures, 'volumeMm3' | 'areaMm2' | 'boundingBoxMm'>;

/** The measures of a body that a print is priced by; a drawing and an attachment have no volume and no area. */
export function bodyMeasures(
  report:
    | ({ kind: 'mesh' } & BodyMeasures)
    | ({ kind: 'drawing' } & Pick<BodyMeasures, 'boundingBoxMm'>)
    | { kind: 'attachment' },
): BodyMeasures {
  if (report.kind === 'mesh') return report;
  const boundingBoxMm = report.kind === 'drawing' ? report.boundingBoxMm : emptyBox;
  return { volumeMm3: 0, areaMm2: 0, boundingBoxMm };
}

export const emptyBox: BoundingBoxMm = { min: [0, 0, 0], max: [0, 0, 0], size: [0, 0, 0] };

/** What a file may cost us. Vertices and edges bound the memory that a soup of loose triangles can take. */
export interface GeometryLimits {
  bytes: number;
  triangles: number;
  vertices: number;
  edges: number;
}

/** Sound meshes have half a vertex and one and a half edges per triangle, so only loose ones meet the last two limits first. */
export const defaultLimits: GeometryLimits = {
  bytes: 500_000_000,
  triangles: 12_000_000,
  vertices: 12_000_000,
  edges: 20_000_000,
};

/** Changes whenever the same file could get another report. */
export const kernelVersion = '4';

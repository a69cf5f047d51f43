/** What a file is, told from its bytes. Only the STL kinds are measured; the others are recognised, so that the refusal can name them. */
export type FileFormat =
  | 'stl-binary'
  | 'stl-ascii'
  | '3mf'
  | 'zip'
  | 'step'
  | 'obj'
  | 'ply'
  | 'dxf'
  | 'svg'
  | 'pdf'
  | 'png'
  | 'jpeg'
  | '3dm'
  | 'unknown';

/** A point in the file's own coordinates, in mm. */
export type PointMm = readonly [number, number, number];

export interface BoundingBoxMm {
  min: PointMm;
  max: PointMm;
  size: PointMm;
}

/** note: for the record; warning: can be made, look first; repair: not a sound solid; refusal: can not be quoted. */
export type ProblemSeverity = 'note' | 'warning' | 'repair' | 'refusal';

export type ProblemCode =
  | 'empty_file'
  | 'unsupported_format'
  | 'unknown_format'
  | 'too_large'
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
  | 'missing_end';

export interface GeometryProblem {
  code: ProblemCode;
  severity: ProblemSeverity;
  /** Plain words: what was found, what it means, what to do. */
  message: string;
  count?: number;
  /** One place where the problem is, to point the viewer at. */
  place?: PointMm;
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

/** The serialisable result of a geometry check. Measures are 0 where a refused file was not measured. */
export interface GeometryReport extends MeshMeasures {
  format: FileFormat;
  bytes: number;
  verdict: GeometryVerdict;
  problems: GeometryProblem[];
  kernelVersion: string;
}

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
export const kernelVersion = '1';

/**
 * Where a reader puts the triangles of a file. Write nine coordinates in mm (x y z of each corner, counter-clockwise seen from
 * outside), then call `addTriangle`.
 */
export interface TriangleSink {
  readonly corners: Float32Array;
  /** The same memory as bits, for formats that store float32. */
  readonly cornerBits: Int32Array;
  /** Triangles added so far. */
  readonly triangles: number;
  /** The limits are met: more triangles will not be looked at, so reading on is in vain. */
  readonly full: boolean;
  addTriangle(): void;
  /** Adds triangles that lie in memory as nine little-endian float32 each, `stride` bytes apart. */
  addStored(bytes: Uint8Array, at: number, triangles: number, stride: number): void;
}

/** A mesh whose equal points are one. Triangles with two corners in one point are left out. */
export interface IndexedMesh {
  /** x y z of each vertex, mm. */
  positions: Float32Array;
  /** Three vertex ids per triangle. */
  triangles: Int32Array;
}

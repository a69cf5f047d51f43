import { findDuplicateFaces } from './duplicate-faces.ts';
import { EdgeTable } from './edge-table.ts';
import { grown } from './growable.ts';
import {
  emptyBox,
  type GeometryLimits,
  type MeshMeasures,
  type Place,
  type PointMm,
  type ProblemCode,
} from './report.ts';
import type { IndexedMesh, TriangleSink } from './triangle-sink.ts';
import { weldOpenEdges } from './tolerance-weld.ts';
import { VertexWeld } from './vertex-weld.ts';

/** Points nearer than this share of the bounding box's diagonal are one point to any printer. */
const weldShareOfDiagonal = 1e-6;
/** A file with more open edges is a heap of loose triangles: joining them would cost more than the answer is worth. */
const mostOpenEdgesToJoin = 500_000;

/** What the mesh is, with what only the verdict needs. */
export interface MeshResult {
  measures: MeshMeasures;
  /** Triangles left out because a coordinate is not a finite number. */
  nonFiniteFaces: number;
  /** Edges that do not pair up after near points were joined. */
  unbalancedAfterWeld: number;
  weldToleranceMm: number;
  /** Places for each kind of problem that has one. */
  places: Partial<Record<ProblemCode, Place[]>>;
}

/**
 * Takes triangles one by one and knows at the end whether they bound a solid. Memory is about 48 bytes per triangle of a
 * sound mesh, in typed arrays. Sums are taken about the first point, which keeps them exact far from the origin.
 */
export class MeshKernel implements TriangleSink {
  readonly corners = new Float32Array(9);
  readonly cornerBits = new Int32Array(this.corners.buffer);
  triangles = 0;
  /** Set when the mesh outgrew the limits; later triangles are only counted. */
  tooComplex = false;
  readonly #limits: GeometryLimits;
  readonly #weld: VertexWeld;
  readonly #edges: EdgeTable;
  #faces: Int32Array;
  #faceCount = 0;
  #nonFinite = 0;
  #degenerate = 0;
  #firstDegenerate = -1;
  /** min x y z, max x y z */
  readonly #bounds = new Float64Array([Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity]);
  /** area x 2, volume x 6 */
  readonly #sums = new Float64Array(2);
  readonly #origin = new Float64Array(3);

  /** @param expectedTriangles what to make room for; a hint that must not come from the file's word alone */
  constructor(expectedTriangles: number, limits: GeometryLimits) {
    const expected = Math.min(expectedTriangles, limits.triangles);
    this.#limits = limits;
    this.#weld = new VertexWeld(Math.ceil(expected * 0.51));
    this.#edges = new EdgeTable(Math.ceil(expected * 1.51), Math.ceil(expected * 0.51));
    this.#faces = new Int32Array(Math.max(16, expected) * 3);
  }

  get full(): boolean {
    return this.tooComplex || this.triangles > this.#limits.triangles;
  }

  addTriangle(): void {
    this.triangles++;
    if (this.tooComplex) return;
    const c = this.corners;
    const sum = c[0]! + c[1]! + c[2]! + c[3]! + c[4]! + c[5]! + c[6]! + c[7]! + c[8]!;
    // Nine float32 can not overflow a float64, so the sum is finite exactly when all of them are.
    if (sum - sum !== 0) {
      this.#nonFinite++;
      return;
    }
    if (this.#weld.count === 0) this.#origin.set([c[0]!, c[1]!, c[2]!]);
    this.#measure(c);
    const bits = this.cornerBits;
    const p = this.#weld.idOf(bits[0]!, bits[1]!, bits[2]!);
    const q = this.#weld.idOf(bits[3]!, bits[4]!, bits[5]!);
    const r = this.#weld.idOf(bits[6]!, bits[7]!, bits[8]!);
    if (p === q || q === r || r === p) {
      this.#degenerate++;
      if (this.#firstDegenerate < 0) this.#firstDegenerate = p;
    } else {
      this.#edges.addFace(p, q, r);
      this.#keepFace(p, q, r);
    }
    if (this.#weld.count > this.#limits.vertices || this.#edges.count > this.#limits.edges)
      this.tooComplex = true;
  }

  /** The triangles so far, points welded. The arrays are the kernel's own: add nothing afterwards. */
  mesh(): IndexedMesh {
    return {
      positions: this.#weld.positions(),
      triangles: this.#faces.subarray(0, this.#faceCount * 3),
    };
  }

  finish(): MeshResult {
    const box = this.#boundingBox();
    const diagonal = Math.hypot(...box.size);
    const toleranceMm = diagonal * weldShareOfDiagonal;
    const places: MeshResult['places'] = {};
    const counts = this.#countEdges(places);
    let openAfterWeld = counts.open;
    let unbalancedAfterWeld = 0;
    if (counts.open > 0 && counts.open <= mostOpenEdgesToJoin && toleranceMm > 0) {
      const joined = weldOpenEdges(this.#weld, this.#edges, toleranceMm);
      openAfterWeld = joined.openEdges;
      unbalancedAfterWeld = joined.unbalancedEdges;
      if (joined.firstOpenEdge) places.open_edges = [this.#edge(...joined.firstOpenEdge)];
    }
    const shells = this.#edges.shells();
    // Repeated faces leave an edge with too many faces or two running the same way; else only a shell of two faces can hide one.
    const mayRepeat = counts.nonManifold > 0 || counts.inconsistent > 0 || shells * 2 > this.#faceCount - 2;
    const duplicates = mayRepeat ? findDuplicateFaces(this.#faces, this.#faceCount) : { count: 0 };
    if (duplicates.firstVertex !== undefined)
      places.duplicate_faces = [[this.#point(duplicates.firstVertex)]];
    if (this.#firstDegenerate >= 0) places.degenerate_faces = [[this.#point(this.#firstDegenerate)]];
    const volume = this.#sums[1]! / 6;
    return {
      measures: {
        triangles: this.triangles,
        vertices: this.#weld.count,
        boundingBoxMm: box,
        volumeMm3: Math.abs(volume),
        areaMm2: this.#sums[0]! / 2,
        shells,
        openEdges: counts.open,
        openEdgesAfterWeld: openAfterWeld,
        nonManifoldEdges: counts.nonManifold,
        unbalancedEdges: counts.unbalanced,
        inconsistentEdges: counts.inconsistent,
        degenerateFaces: this.#degenerate,
        duplicateFaces: duplicates.count,
        watertight: this.#faceCount > 0 && counts.open === 0 && counts.nonManifold === 0,
        insideOut: volume < 0 && openAfterWeld === 0 && counts.inconsistent === 0,
      },
      nonFiniteFaces: this.#nonFinite,
      unbalancedAfterWeld,
      weldToleranceMm: toleranceMm,
      places,
    };
  }

  #measure(c: Float32Array): void {
    const bounds = this.#bounds;
    for (let at = 0; at < 9; at++) {
      const axis = at % 3;
      const value = c[at]!;
      if (value < bounds[axis]!) bounds[axis] = value;
      if (value > bounds[axis + 3]!) bounds[axis + 3] = value;
    }
    const ox = this.#origin[0]!;
    const oy = this.#origin[1]!;
    const oz = this.#origin[2]!;
    const ax = c[0]! - ox;
    const ay = c[1]! - oy;
    const az = c[2]! - oz;
    const ux = c[3]! - ox - ax;
    const uy = c[4]! - oy - ay;
    const uz = c[5]! - oz - az;
    const vx = c[6]! - ox - ax;
    const vy = c[7]! - oy - ay;
    const vz = c[8]! - oz - az;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    this.#sums[0]! += Math.sqrt(nx * nx + ny * ny + nz * nz);
    this.#sums[1]! += ax * nx + ay * ny + az * nz;
  }

  #keepFace(p: number, q: number, r: number): void {
    const at = this.#faceCount++ * 3;
    if (at + 3 > this.#faces.length) this.#faces = grown(this.#faces, at + 3);
    this.#faces[at] = p;
    this.#faces[at + 1] = q;
    this.#faces[at + 2] = r;
  }

  #countEdges(places: MeshResult['places']) {
    const counts = { open: 0, nonManifold: 0, unbalanced: 0, inconsistent: 0 };
    this.#edges.visit((from, to, forward, backward) => {
      const faces = forward + backward;
      if (faces === 2) {
        if (forward === 1) return;
        counts.inconsistent++;
        places.inconsistent_winding ??= [this.#edge(from, to)];
      } else if (faces === 1) {
        counts.open++;
        places.open_edges ??= [this.#edge(from, to)];
      } else {
        counts.nonManifold++;
        places.non_manifold_edges ??= [this.#edge(from, to)];
        if (forward === backward) return;
        counts.unbalanced++;
        places.unbalanced_edges ??= [this.#edge(from, to)];
      }
    });
    return counts;
  }

  #boundingBox(): MeshMeasures['boundingBoxMm'] {
    if (this.#weld.count === 0) return emptyBox;
    // Adding 0 turns -0 into 0.
    const [x0, y0, z0, x1, y1, z1] = [...this.#bounds].map((bound) => bound + 0) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { min: [x0, y0, z0], max: [x1, y1, z1], size: [x1 - x0, y1 - y0, z1 - z0] };
  }

  #point(vertex: number): PointMm {
    return [
      this.#weld.coordinate(vertex, 0),
      this.#weld.coordinate(vertex, 1),
      this.#weld.coordinate(vertex, 2),
    ];
  }

  #edge(from: number, to: number): Place {
    return [this.#point(from), this.#point(to)];
  }
}

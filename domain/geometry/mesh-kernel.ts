import { findDuplicateFaces } from './duplicate-faces.ts';
import { FaceList } from './face-list.ts';
import { MeshCore, mostNumbers } from './mesh-core.ts';
import { PlaceCollector, type ProblemPlaces } from './problem-places.ts';
import type { GeometryLimits, MeshMeasures } from './report.ts';
import { weldOpenEdges } from './tolerance-weld.ts';
import { TriangleBatch } from './triangle-batch.ts';
import type { IndexedMesh, TriangleSink } from './triangle-sink.ts';

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
  places: ProblemPlaces;
}

interface EdgeCounts {
  open: number;
  nonManifold: number;
  unbalanced: number;
  inconsistent: number;
}

/** What to keep beside the measures. */
export interface KeepOptions {
  /** The welded mesh is wanted. */
  mesh: boolean;
  /** Faces of a mesh that has more are not kept; where they are needed its file has to be read again. */
  mostFaces: number;
}

/**
 * Takes triangles in any order and knows at the end whether they bound a solid. Memory is 30 bytes per triangle of a sound
 * mesh, and 12 more when faces are kept.
 */
export class MeshKernel extends TriangleBatch implements TriangleSink {
  /** Set when the mesh outgrew the limits; later triangles are only counted. */
  tooComplex = false;
  readonly #limits: GeometryLimits;
  readonly #core: MeshCore;
  readonly #places: PlaceCollector;
  readonly #keep: KeepOptions;
  #faces: FaceList | undefined;
  #edgeCounts: EdgeCounts | undefined;

  /** @param expectedTriangles what to make room for; a hint that must not come from the file's word alone */
  constructor(
    expectedTriangles: number,
    limits: GeometryLimits,
    keep: KeepOptions = { mesh: false, mostFaces: Infinity },
  ) {
    super();
    const expected = Math.min(expectedTriangles, limits.triangles);
    this.#limits = limits;
    this.#keep = keep;
    this.#core = new MeshCore(expected);
    this.#places = new PlaceCollector(this.#core);
    if (this.#keepsFaces(expected)) this.#faces = new FaceList(this.#core, expected);
  }

  get full(): boolean {
    return this.tooComplex || this.triangles > this.#limits.triangles;
  }

  /** The triangles so far, points welded, if they were kept. The arrays are the kernel's own: add nothing afterwards. */
  mesh(): IndexedMesh | undefined {
    return this.#faces && { positions: this.#core.positions(), triangles: this.#faces.vertexIds() };
  }

  /**
   * A sink for reading the same file once more when its faces were not kept but are needed to tell doubled ones; undefined when
   * there is no need.
   */
  secondLook(): TriangleSink | undefined {
    this.flush();
    if (this.#faces || this.full || !this.#mayRepeatFaces()) return undefined;
    return (this.#faces = new FaceList(this.#core, this.triangles));
  }

  /** The shell of each triangle of `mesh()`, by numbers that mean nothing else. */
  shellOfTriangles(): Int32Array {
    const ids = this.#faces?.vertexIds() ?? new Int32Array(0);
    const shells = new Int32Array(ids.length / 3);
    for (let triangle = 0; triangle < shells.length; triangle++)
      shells[triangle] = this.#core.edges.shellAt(ids[triangle * 3]!, ids[triangle * 3 + 1]!);
    return shells;
  }

  finish(): MeshResult {
    this.flush();
    const { box, areaMm2, volumeMm3: volume, edges } = this.#core;
    const toleranceMm = Math.hypot(...box.size) * weldShareOfDiagonal;
    const counts = this.#countEdges();
    const joined =
      counts.open > 0 && counts.open <= mostOpenEdgesToJoin && toleranceMm > 0
        ? this.#joinOpenEdges(toleranceMm)
        : { openEdges: counts.open, unbalancedEdges: 0 };
    return {
      measures: {
        triangles: this.triangles,
        vertices: this.#core.points,
        boundingBoxMm: box,
        volumeMm3: Math.abs(volume),
        areaMm2,
        shells: edges.shells,
        openEdges: counts.open,
        openEdgesAfterWeld: joined.openEdges,
        nonManifoldEdges: counts.nonManifold,
        unbalancedEdges: counts.unbalanced,
        inconsistentEdges: counts.inconsistent,
        degenerateFaces: this.#core.degenerate,
        duplicateFaces: this.#mayRepeatFaces() ? this.#countDuplicates() : 0,
        watertight: edges.count > 0 && counts.open === 0 && counts.nonManifold === 0,
        insideOut: volume < 0 && joined.openEdges === 0 && counts.inconsistent === 0,
      },
      nonFiniteFaces: this.nonFinite,
      unbalancedAfterWeld: joined.unbalancedEdges,
      places: this.#places.places,
    };
  }

  protected override take(bytes: Uint8Array, at: number, triangles: number, stride: number): number {
    if (this.tooComplex) return triangles;
    const core = this.#core;
    const degenerate = core.degenerate;
    const finite = core.add(bytes, at, triangles, stride);
    if (core.degenerate > degenerate) this.#noteDegenerate(core.ids, finite);
    if (this.#faces) {
      this.#faces.add(core.ids, finite);
      if (!this.#keepsFaces(this.#faces.count)) this.#faces = undefined;
    }
    const { vertices, edges } = this.#limits;
    if (
      core.points > vertices ||
      core.edges.count > edges ||
      Math.max(core.points, this.triangles) > mostNumbers
    )
      this.tooComplex = true;
    return finite;
  }

  #keepsFaces(faces: number): boolean {
    return this.#keep.mesh || faces <= this.#keep.mostFaces;
  }

  #noteDegenerate(ids: Int32Array, triangles: number): void {
    for (let corner = 0; corner < triangles * 3; corner += 3) {
      const [a, b, c] = [ids[corner]!, ids[corner + 1]!, ids[corner + 2]!];
      if (a === b || b === c) this.#places.add('degenerate_faces', a, c);
      else if (c === a) this.#places.add('degenerate_faces', a, b);
    }
  }

  #countEdges(): EdgeCounts {
    if (this.#edgeCounts) return this.#edgeCounts;
    const counts = { open: 0, nonManifold: 0, unbalanced: 0, inconsistent: 0 };
    const places = this.#places;
    const { edges, points } = this.#core;
    if (edges.allPaired) return (this.#edgeCounts = counts);
    edges.visit(points, (from, to, forward, backward) => {
      const faces = forward + backward;
      if (faces === 2) {
        if (forward === 1) return;
        counts.inconsistent++;
        places.add('inconsistent_winding', from, to);
      } else if (faces === 1) {
        counts.open++;
        places.add('open_edges', from, to);
      } else {
        counts.nonManifold++;
        if (forward === backward) {
          places.add('non_manifold_edges', from, to);
          return;
        }
        counts.unbalanced++;
        places.add('unbalanced_edges', from, to);
      }
    });
    return (this.#edgeCounts = counts);
  }

  /** Doubled faces leave an edge with too many faces or two running the same way, unless the two are a shell of their own. */
  #mayRepeatFaces(): boolean {
    const { nonManifold, inconsistent } = this.#countEdges();
    return nonManifold > 0 || inconsistent > 0 || this.#core.edges.twins > 0;
  }

  #countDuplicates(): number {
    if (!this.#faces) throw new Error('Faces were neither kept nor read again');
    this.#faces.flush();
    return findDuplicateFaces(this.#faces.vertexIds(), (a, b, c) =>
      this.#places.add('duplicate_faces', a, b, c),
    );
  }

  #joinOpenEdges(toleranceMm: number): { openEdges: number; unbalancedEdges: number } {
    this.#places.clear('open_edges');
    return weldOpenEdges(this.#core, toleranceMm, (from, to) => this.#places.add('open_edges', from, to));
  }
}

import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { planeOf, planesBelow, type LayerHeights } from './layer-planes.ts';
import { numberEdges, type MeshEdges } from './mesh-edges.ts';

/** The outlines of one layer; the memory is used again for the next one. */
export interface LayerOutlines {
  /** x y of each point, mm. Solid lies to the left of the way from a point to the next. */
  points: Float64Array;
  /** Where loop i begins: point `starts[i]`, up to `starts[i + 1]`. */
  starts: Int32Array;
  loops: number;
  /** Loops that do not return to their beginning: the mesh has a hole there. */
  openLoops: number;
}

/** How much a sweep has to do; known before it begins. */
export interface SweepSize {
  layers: number;
  /** Pieces of outline over all layers. */
  segments: number;
}

/**
 * Cuts a mesh into layers from the bed up. Every point has a whole number of planes below it, so all triangles that share it
 * agree, and the outlines of a closed mesh always close.
 */
export class LayerSweep {
  readonly size: SweepSize;
  readonly #mesh: IndexedMesh;
  readonly #heights: LayerHeights;
  readonly #bottomMm: number;
  /** Planes at or below each point. */
  readonly #levels: Int32Array;
  /** The first layer that crosses each triangle, and the first above that does not. */
  readonly #spans: TriangleSpans;

  constructor(mesh: IndexedMesh, heights: LayerHeights) {
    this.#mesh = mesh;
    this.#heights = heights;
    const { positions } = mesh;
    let bottom = Infinity;
    for (let at = 2; at < positions.length; at += 3) if (positions[at]! < bottom) bottom = positions[at]!;
    this.#bottomMm = bottom;
    this.#levels = levelsOf(positions, bottom, heights);
    this.#spans = spansOf(mesh.triangles, this.#levels);
    this.size = { layers: this.#spans.highest, segments: this.#spans.segments };
  }

  /** Gives the outlines of every layer in order. */
  run(visit: (layer: number, outlines: LayerOutlines) => void): void {
    const { layers } = this.size;
    const edges = numberEdges(this.#mesh);
    const byFirst = this.#trianglesByFirstLayer(layers);
    const walker = new OutlineWalker(this.#mesh, edges, this.#levels);
    const active = new Int32Array(this.#mesh.triangles.length / 3);
    const { lasts } = this.#spans;
    let activeCount = 0;
    for (let layer = 0; layer < layers; layer++) {
      for (let at = byFirst.starts[layer]!; at < byFirst.starts[layer + 1]!; at++) {
        active[activeCount++] = byFirst.triangles[at]!;
      }
      walker.begin(layer, planeOf(layer, this.#heights) + this.#bottomMm);
      for (let at = 0; at < activeCount;) {
        const triangle = active[at]!;
        if (lasts[triangle]! > layer) {
          walker.cross(triangle);
          at++;
        } else active[at] = active[--activeCount]!;
      }
      visit(layer, walker.walk());
    }
  }

  #trianglesByFirstLayer(layers: number): { starts: Int32Array; triangles: Int32Array } {
    const { firsts } = this.#spans;
    const starts = new Int32Array(layers + 2);
    for (const first of firsts) starts[first + 1]!++;
    for (let layer = 1; layer < starts.length; layer++) starts[layer]! += starts[layer - 1]!;
    const free = starts.slice();
    const triangles = new Int32Array(firsts.length);
    for (let triangle = 0; triangle < firsts.length; triangle++)
      triangles[free[firsts[triangle]!]!++] = triangle;
    return { starts, triangles };
  }
}

function levelsOf(positions: Float32Array, bottomMm: number, heights: LayerHeights): Int32Array {
  const levels = new Int32Array(positions.length / 3);
  for (let point = 0; point < levels.length; point++)
    levels[point] = planesBelow(positions[point * 3 + 2]! - bottomMm, heights);
  return levels;
}

interface TriangleSpans {
  firsts: Int32Array;
  lasts: Int32Array;
  highest: number;
  segments: number;
}

function spansOf(triangles: Int32Array, levels: Int32Array): TriangleSpans {
  const firsts = new Int32Array(triangles.length / 3);
  const lasts = new Int32Array(triangles.length / 3);
  let highest = 0;
  let segments = 0;
  for (let triangle = 0; triangle < firsts.length; triangle++) {
    const a = levels[triangles[triangle * 3]!]!;
    const b = levels[triangles[triangle * 3 + 1]!]!;
    const c = levels[triangles[triangle * 3 + 2]!]!;
    const first = Math.min(a, b, c);
    const last = Math.max(a, b, c);
    firsts[triangle] = first;
    lasts[triangle] = last;
    if (last > highest) highest = last;
    segments += last - first;
  }
  return { firsts, lasts, highest, segments };
}

/** Chains the crossings of one layer into loops by the edges they share. */
class OutlineWalker {
  readonly #mesh: IndexedMesh;
  readonly #edges: MeshEdges;
  readonly #levels: Int32Array;
  /** Per edge: 1 + the last crossing that begins on it, 0 for none. */
  readonly #begins: Int32Array;
  #from = new Int32Array(1024);
  #to = new Int32Array(1024);
  /** Per crossing: the next one that begins on the same edge, as in `begins`. */
  #also = new Int32Array(1024);
  #points = new Float64Array(2048);
  #starts = new Int32Array(64);
  #crossings = 0;
  #layer = 0;
  #planeMm = 0;

  constructor(mesh: IndexedMesh, edges: MeshEdges, levels: Int32Array) {
    this.#mesh = mesh;
    this.#edges = edges;
    this.#levels = levels;
    this.#begins = new Int32Array(edges.count);
  }

  begin(layer: number, planeMm: number): void {
    this.#layer = layer;
    this.#planeMm = planeMm;
    this.#crossings = 0;
  }

  /** Adds a triangle with corners on both sides of the plane: from the edge that comes down through it to the one that goes up. */
  cross(triangle: number): void {
    const { triangles } = this.#mesh;
    const at = triangle * 3;
    const layer = this.#layer;
    const a = this.#levels[triangles[at]!]! > layer;
    const b = this.#levels[triangles[at + 1]!]! > layer;
    const c = this.#levels[triangles[at + 2]!]! > layer;
    const sides = this.#edges.ofTriangle;
    const down = a && !b ? at : b && !c ? at + 1 : at + 2;
    const up = !a && b ? at : !b && c ? at + 1 : at + 2;
    if (this.#crossings === this.#from.length) this.#grow();
    const crossing = this.#crossings++;
    const from = sides[down]!;
    this.#from[crossing] = from;
    this.#to[crossing] = sides[up]!;
    this.#also[crossing] = this.#begins[from]!;
    this.#begins[from] = crossing + 1;
  }

  walk(): LayerOutlines {
    let points = 0;
    let loops = 0;
    let openLoops = 0;
    for (let first = 0; first < this.#crossings; first++) {
      const begin = this.#from[first]!;
      while (this.#begins[begin] !== 0) {
        if (loops + 2 > this.#starts.length) this.#starts = doubled(this.#starts, Int32Array);
        this.#starts[loops++] = points;
        let edge = begin;
        for (;;) {
          const crossing = this.#begins[edge]! - 1;
          if (crossing < 0) break;
          this.#begins[edge] = this.#also[crossing]!;
          this.#place(edge, points++);
          edge = this.#to[crossing]!;
        }
        if (edge !== begin) {
          openLoops++;
          this.#place(edge, points++);
        }
      }
    }
    this.#starts[loops] = points;
    return { points: this.#points, starts: this.#starts, loops, openLoops };
  }

  #place(edge: number, at: number): void {
    if (at * 2 + 2 > this.#points.length) this.#points = doubled(this.#points, Float64Array);
    const { positions } = this.#mesh;
    const low = this.#edges.ends[edge * 2]! * 3;
    const high = this.#edges.ends[edge * 2 + 1]! * 3;
    const z = positions[low + 2]!;
    const share = Math.min(1, Math.max(0, (this.#planeMm - z) / (positions[high + 2]! - z)));
    const x = positions[low]!;
    const y = positions[low + 1]!;
    this.#points[at * 2] = x + share * (positions[high]! - x);
    this.#points[at * 2 + 1] = y + share * (positions[high + 1]! - y);
  }

  #grow(): void {
    this.#from = doubled(this.#from, Int32Array);
    this.#to = doubled(this.#to, Int32Array);
    this.#also = doubled(this.#also, Int32Array);
  }
}

function doubled<Numbers extends Int32Array | Float64Array>(
  numbers: Numbers,
  kind: new (length: number) => Numbers,
): Numbers {
  const larger = new kind(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

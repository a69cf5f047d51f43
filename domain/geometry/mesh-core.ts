import { EdgeTable, type EdgeCounters } from './edge-table.ts';
import { base64 } from './mesh-core-binary.ts';
import { inputAt, inputBytes, MeshMemory, type PlacesTaker } from './mesh-memory.ts';
import { emptyBox, type BoundingBoxMm } from './report.ts';
import { trianglesPerBatch } from './triangle-batch.ts';
import { compile, webAssembly } from './web-assembly.ts';

/** More points or groups than this the core can not number; triangles bound the groups. */
export const mostNumbers = 16_000_000;

type TakesTriangles = (at: number, triangles: number, stride: number) => number;

interface CoreExports extends EdgeCounters {
  readonly pointCount: { value: number };
  readonly degenerateCount: { value: number };
  place: PlacesTaker;
  add: TakesTriangles;
  identify: TakesTriangles;
  rehash: () => void;
}

let compiled: object | undefined;

/**
 * The inner loop of the check (mesh-core.as, compiled): welds points that are equal bit by bit (-0 taken as +0), counts faces on
 * edges, joins connected faces, and sums box, area and volume. A sound mesh takes 30 bytes per triangle.
 */
export class MeshCore {
  readonly edges: EdgeTable;
  readonly #memory: MeshMemory;
  readonly #exports: CoreExports;

  /** @param expectedTriangles what to make room for at the start */
  constructor(expectedTriangles: number) {
    const corners = trianglesPerBatch * 3;
    this.#memory = new MeshMemory({
      points: Math.ceil(expectedTriangles * 0.51) + corners,
      edges: Math.ceil(expectedTriangles * 1.51) + corners,
      groups: Math.ceil(expectedTriangles * 0.3) + trianglesPerBatch,
    });
    this.edges = new EdgeTable(this.#memory, () => this.#exports);
    compiled ??= compile(base64);
    const { exports } = new webAssembly.Instance(compiled, {
      env: { memory: this.#memory.memory },
      outside: {
        findCrowded: (owner: number, other: number) => this.edges.crowded.find(owner, other),
        addCrowded: (owner: number, other: number, edge: number) =>
          this.edges.crowded.add(owner, other, edge),
        countBeyond: (edge: number, forward: number) => this.edges.countBeyond(edge, forward === 1),
      },
    });
    this.#exports = exports as CoreExports;
    this.#memory.tellPlaces(this.#exports.place);
  }

  get points(): number {
    return this.#exports.pointCount.value;
  }

  get degenerate(): number {
    return this.#exports.degenerateCount.value;
  }

  get areaMm2(): number {
    return this.#memory.sums[4]! / 2;
  }

  /** Below 0 when the faces point inwards. */
  get volumeMm3(): number {
    return this.#memory.sums[5]! / 6;
  }

  get box(): BoundingBoxMm {
    if (this.points === 0) return emptyBox;
    const [x0, y0, z0, , x1, y1, z1] = this.#memory.floats as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { min: [x0, y0, z0], max: [x1, y1, z1], size: [x1 - x0, y1 - y0, z1 - z0] };
  }

  /** Ids of the corners that `add` or `identify` saw last. */
  get ids(): Int32Array {
    return this.#memory.ids;
  }

  /** A coordinate of a point in mm; axis is 0, 1 or 2. */
  coordinate(id: number, axis: number): number {
    return this.#memory.floats[this.#memory.places.points + id * 3 + axis]!;
  }

  /** x y z of each point, mm: the core's own memory, which the next triangle may take away. */
  positions(): Float32Array<ArrayBuffer> {
    const { points } = this.#memory.places;
    return this.#memory.floats.subarray(points, points + this.points * 3);
  }

  /**
   * Takes triangles into all counts and sums.
   * @param bytes nine little-endian float32 per triangle, in mm, `stride` bytes apart, the first at `at`
   * @param triangles `trianglesPerBatch` at most
   * @returns how many of them are finite; the others are left out
   */
  add(bytes: Uint8Array, at: number, triangles: number, stride: number): number {
    this.#makeRoom(triangles);
    return this.#pass(this.#exports.add, bytes, at, triangles, stride);
  }

  /** Finds the ids of triangles that were added before; otherwise as `add`. */
  identify(bytes: Uint8Array, at: number, triangles: number, stride: number): number {
    this.#makeRoom(triangles);
    return this.#pass(this.#exports.identify, bytes, at, triangles, stride);
  }

  #pass(take: TakesTriangles, bytes: Uint8Array, at: number, triangles: number, stride: number): number {
    const length = (triangles - 1) * stride + 36;
    if (length > inputBytes) throw new RangeError('Triangles this far apart do not fit the core');
    this.#memory.bytes.set(bytes.subarray(at, at + length), inputAt);
    return take(inputAt, triangles, stride) / 3;
  }

  #makeRoom(triangles: number): void {
    const held = {
      points: this.points,
      edges: this.edges.count,
      groups: this.#exports.groupCount.value,
    };
    const needed = {
      points: held.points + triangles * 3,
      edges: held.edges + triangles * 3,
      groups: held.groups + triangles,
    };
    if (this.#memory.hasRoom(needed)) return;
    this.#memory.grow(needed, held);
    this.#memory.tellPlaces(this.#exports.place);
    this.#exports.rehash();
  }
}

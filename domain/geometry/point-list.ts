import type { TriangleSink } from './triangle-sink.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { formatCount } from './words.ts';

/** The numbered points of a format that lists points first and faces by number. Coordinates are kept as float32. */
export class PointList {
  count = 0;
  #coordinates: Float32Array;
  readonly #most: number;

  /** @param expected what to make room for, bounded by the file's length @param most more points refuse the file */
  constructor(expected: number, most: number) {
    this.#most = most;
    this.#coordinates = new Float32Array(Math.max(64, Math.min(expected, most)) * 3);
  }

  add(x: number, y: number, z: number): void {
    const at = this.count++ * 3;
    if (this.count > this.#most)
      throw new UnreadableFile(
        'too_complex',
        `This file has more than ${formatCount(this.#most)} points, the most we can check. Export it with a coarser resolution.`,
      );
    if (at + 3 > this.#coordinates.length) {
      const larger = new Float32Array(this.#coordinates.length * 2);
      larger.set(this.#coordinates);
      this.#coordinates = larger;
    }
    this.#coordinates[at] = x;
    this.#coordinates[at + 1] = y;
    this.#coordinates[at + 2] = z;
  }

  /** Adds the polygon's fan of triangles to the sink. @param corners numbers of at least three points of this list */
  addPolygon(sink: TriangleSink, corners: readonly number[]): void {
    for (let corner = 2; corner < corners.length && !sink.full; corner++) {
      this.#copy(sink.corners, 0, corners[0]!);
      this.#copy(sink.corners, 3, corners[corner - 1]!);
      this.#copy(sink.corners, 6, corners[corner]!);
      sink.addTriangle();
    }
  }

  #copy(to: Float32Array, at: number, point: number): void {
    to[at] = this.#coordinates[point * 3]!;
    to[at + 1] = this.#coordinates[point * 3 + 1]!;
    to[at + 2] = this.#coordinates[point * 3 + 2]!;
  }
}

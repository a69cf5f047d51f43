import { readAsciiNumber } from './ascii-number.ts';
import type { MeshFound, ReadContext, StreamReader } from './file-reader.ts';
import { LineCutter, WordCursor } from './lines.ts';
import { PointList } from './point-list.ts';
import type { GeometryProblem } from './report.ts';
import type { TriangleSink } from './triangle-sink.ts';
import { refusal } from './unreadable-file.ts';
import { formatCounted } from './words.ts';

/** A triangle with its share of points takes about so much text. */
const bytesPerTriangle = 60;
const letterV = 0x76;
const letterF = 0x66;
const slash = 0x2f;

/**
 * Reads the points and polygons of a Wavefront OBJ; polygons are cut into fans. Normals, textures, materials, groups, lines and
 * points alone are passed over. Face corners may count back from the newest point (negative numbers), and a line may go on
 * after a backslash.
 */
export class ObjReader implements StreamReader {
  readonly #sink: TriangleSink;
  readonly #points: PointList;
  readonly #lines = new LineCutter((bytes, start, end) => this.#line(bytes, start, end), { continued: true });
  readonly #word = new WordCursor();
  #malformedFaces = 0;
  readonly #corners: number[] = [];

  constructor({ totalBytes, limits, openSink }: ReadContext) {
    const triangles = Math.ceil(totalBytes / bytesPerTriangle);
    this.#sink = openSink(triangles);
    this.#points = new PointList(Math.ceil(triangles / 2), limits.vertices);
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  finish(): MeshFound {
    this.#lines.finish();
    return { kind: 'mesh', judge: () => this.#judge() };
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    const word = this.#word;
    word.begin(bytes, start, end);
    if (!word.next() || word.end - word.start !== 1) return;
    const keyword = bytes[word.start];
    if (keyword === letterV) this.#point(bytes);
    else if (keyword === letterF) this.#face(bytes);
  }

  #point(bytes: Uint8Array): void {
    this.#points.add(this.#number(bytes), this.#number(bytes), this.#number(bytes));
  }

  #number(bytes: Uint8Array): number {
    return this.#word.next() ? readAsciiNumber(bytes, this.#word.start, this.#word.end) : Number.NaN;
  }

  #face(bytes: Uint8Array): void {
    const corners = this.#corners;
    corners.length = 0;
    const word = this.#word;
    while (word.next()) {
      let end = word.start;
      while (end < word.end && bytes[end] !== slash) end++;
      const stated = readAsciiNumber(bytes, word.start, end);
      const point = stated < 0 ? this.#points.count + stated : stated - 1;
      if (!Number.isInteger(point) || point < 0 || point >= this.#points.count) {
        this.#malformedFaces++;
        return;
      }
      corners.push(point);
    }
    if (corners.length < 3) this.#malformedFaces++;
    else this.#points.addPolygon(this.#sink, corners);
  }

  #judge(): GeometryProblem[] {
    if (this.#malformedFaces === 0 && !this.#lines.overlong) return [];
    return [
      refusal(
        'malformed',
        `${formatCounted(Math.max(1, this.#malformedFaces), 'face')} of this file can not be read: less than three corners, or a corner that is no point of the file. ` +
          'The file is damaged or cut off. Export the part again from your CAD program.',
      ),
    ];
  }
}

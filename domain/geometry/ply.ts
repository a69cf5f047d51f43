import { readAsciiNumber } from './ascii-number.ts';
import type { MeshFound, ReadContext, StreamReader } from './file-reader.ts';
import { LineCutter, WordCursor } from './lines.ts';
import { parsePlyHeader, type PlyElement, type PlyHeader } from './ply-header.ts';
import { PlyRows } from './ply-rows.ts';
import { PointList } from './point-list.ts';
import type { GeometryProblem } from './report.ts';
import type { TriangleSink } from './triangle-sink.ts';
import { refusal, UnreadableFile } from './unreadable-file.ts';
import { formatCount, formatCounted } from './words.ts';

/** A triangle with its half point takes at least so much in binary. */
const bytesPerTriangle = 19;
const longestHeader = 65_536;
const endOfHeader = 'end_header';

/**
 * Reads the points and polygons of a PLY, ASCII or binary of either byte order, properties in any order; polygons are cut into
 * fans. Elements other than `vertex` and `face` are passed over.
 */
export class PlyReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #sink: TriangleSink;
  readonly #points: PointList;
  #head = '';
  #elements: PlyElement[] = [];
  /** The element whose rows come now, and how many of them came. */
  #element = 0;
  #row = 0;
  #malformedFaces = 0;
  /** Columns of x, y and z in the rows of points, and of the corners in those of faces. */
  #axes: [number, number, number] = [-1, -1, -1];
  #corners = -1;
  #body: { push(chunk: Uint8Array): void; finish(): void } | undefined;

  constructor(context: ReadContext) {
    const triangles = Math.ceil(context.totalBytes / bytesPerTriangle);
    this.#context = context;
    this.#sink = context.openSink(triangles);
    this.#points = new PointList(Math.ceil(triangles / 2), context.limits.vertices);
  }

  push(chunk: Uint8Array): void {
    if (this.#body) this.#body.push(chunk);
    else this.#readHead(chunk);
  }

  finish(): MeshFound {
    if (!this.#body)
      throw new UnreadableFile(
        'truncated',
        'The header of this PLY file does not end: it is cut off. Send it again.',
      );
    this.#body.finish();
    this.#skipEmptyElements();
    return { kind: 'mesh', judge: () => this.#judge() };
  }

  #readHead(chunk: Uint8Array): void {
    const before = this.#head.length;
    const wanted = chunk.subarray(0, longestHeader - before);
    let text = '';
    for (const byte of wanted) text += String.fromCharCode(byte);
    this.#head += text;
    const end = /(?:^|[\r\n])end_header[ \t]*(\r\n|\r|\n)/.exec(this.#head);
    if (!end || (end[1] === '\r' && end.index + end[0].length === this.#head.length && wanted === chunk)) {
      if (this.#head.length >= longestHeader)
        throw new UnreadableFile(
          'malformed',
          'The header of this PLY file does not end. Export the part again.',
        );
      return;
    }
    // A header whose lines end with CR alone may be followed by binary data that begins like LF.
    const returnsOnly = end[1] === '\r\n' && !/^ply[ \t]*\r\n/.test(this.#head);
    const bodyAt = end.index + end[0].length - (returnsOnly ? 1 : 0);
    const header = parsePlyHeader(this.#head.slice(0, this.#head.indexOf(endOfHeader, end.index)));
    this.#begin(header);
    this.#head = '';
    this.#body!.push(chunk.subarray(bodyAt - before));
  }

  #begin({ encoding, elements }: PlyHeader): void {
    this.#elements = elements;
    const points = elements.find(({ name }) => name === 'vertex');
    for (const axis of ['x', 'y', 'z'])
      if (!points?.properties.some(({ name, lengthType }) => name === axis && !lengthType))
        throw new UnreadableFile(
          'malformed',
          `This PLY file has no points with ${axis} coordinates. Export it as a mesh.`,
        );
    const column = (name: string) => points!.properties.findIndex((property) => property.name === name);
    this.#axes = [column('x'), column('y'), column('z')];
    this.#corners =
      elements
        .find(({ name }) => name === 'face')
        ?.properties.findIndex(({ name, lengthType }) => lengthType && /^vertex_ind(ices|ex)$/.test(name)) ??
      -1;
    const { limits } = this.#context;
    if (points!.rows > limits.vertices)
      throw new UnreadableFile(
        'too_complex',
        `This file says it has ${formatCount(points!.rows)} points; the most we can check is ${formatCount(limits.vertices)}. Export it with a coarser resolution.`,
      );
    this.#skipEmptyElements();
    this.#body =
      encoding === 'ascii' ? this.#asciiBody() : this.#binaryBody(encoding === 'binary_little_endian');
  }

  #binaryBody(littleEndian: boolean) {
    const rows = new PlyRows(littleEndian);
    return {
      push: (chunk: Uint8Array) => {
        rows.push(chunk);
        for (let element = this.#current(); element; element = this.#current()) {
          if (this.#sink.full || !rows.read(element.properties)) return;
          this.#take(element, rows.values, rows.lists);
        }
      },
      finish: () => undefined,
    };
  }

  #asciiBody() {
    const word = new WordCursor();
    const values: number[] = [];
    const lists: number[][] = [];
    return new LineCutter((bytes, start, end) => {
      word.begin(bytes, start, end);
      const element = this.#current();
      if (!element || this.#sink.full || !word.next()) return;
      const number = () => {
        const value = readAsciiNumber(bytes, word.start, word.end);
        word.next();
        return value;
      };
      for (const [index, { lengthType }] of element.properties.entries()) {
        values[index] = number();
        if (!lengthType) continue;
        const list: number[] = (lists[index] = []);
        while (list.length < values[index] && word.end > word.start) list.push(number());
        if (list.length < values[index]) list.length = 0;
      }
      this.#take(element, values, lists);
    });
  }

  /** The element whose next row comes; undefined after the last. */
  #current(): PlyElement | undefined {
    return this.#elements[this.#element];
  }

  #take(element: PlyElement, values: readonly number[], lists: readonly (readonly number[])[]): void {
    if (element.name === 'vertex') {
      const [x, y, z] = this.#axes;
      this.#points.add(values[x]!, values[y]!, values[z]!);
    } else if (element.name === 'face') {
      const corners = lists[this.#corners];
      const sound =
        corners &&
        corners.length >= 3 &&
        corners.every((corner) => Number.isInteger(corner) && corner >= 0 && corner < this.#points.count);
      if (sound) this.#points.addPolygon(this.#sink, corners);
      else this.#malformedFaces++;
    }
    this.#row++;
    this.#skipEmptyElements();
  }

  #skipEmptyElements(): void {
    for (
      let element = this.#current();
      element && (this.#row >= element.rows || element.properties.length === 0);
      element = this.#current()
    ) {
      this.#element++;
      this.#row = 0;
    }
  }

  #judge(): GeometryProblem[] {
    const missing = this.#current();
    if (missing)
      return [
        refusal(
          'truncated',
          `The file says it has ${formatCount(missing.rows)} rows of "${missing.name.slice(0, 40)}" but only ${formatCount(this.#row)} are there: it is cut off. Export or send it again.`,
        ),
      ];
    if (this.#malformedFaces === 0) return [];
    return [
      refusal(
        'malformed',
        `${formatCounted(this.#malformedFaces, 'face')} of this file can not be read: less than three corners, or a corner that is no point of the file. ` +
          'The file is damaged. Export the part again.',
      ),
    ];
  }
}

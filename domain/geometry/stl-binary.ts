import { acceptedKinds } from './accepted-kinds.ts';
import type { MeshFound, ReadContext, StreamReader } from './file-reader.ts';
import type { MeshResult } from './mesh-kernel.ts';
import type { GeometryLimits, GeometryProblem } from './report.ts';
import type { TriangleSink } from './triangle-sink.ts';
import { refusal } from './unreadable-file.ts';
import { formatCount, formatCounted } from './words.ts';

const headerBytes = 84;
const recordBytes = 50;
const normalBytes = 12;

/** Reads the records of a binary STL. */
export class BinaryStlReader implements StreamReader {
  readonly #sink: TriangleSink;
  readonly #limits: GeometryLimits;
  /** How many whole triangles the file's length has room for, whatever its header promises. */
  readonly #present: number;
  #declared: number | undefined;
  #wanted = 0;
  #bytes = 0;
  /** Header or record begun in one chunk and ended in a later one. */
  readonly #carry = new Uint8Array(headerBytes);
  #carried = 0;

  constructor({ totalBytes, limits, openSink }: ReadContext) {
    this.#present = Math.max(0, Math.floor((totalBytes - headerBytes) / recordBytes));
    this.#limits = limits;
    this.#sink = openSink(this.#present);
  }

  push(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    let at = 0;
    if (this.#declared === undefined) {
      at = this.#fill(chunk, 0, headerBytes);
      if (this.#carried < headerBytes) return;
      this.#declared = new DataView(this.#carry.buffer).getUint32(80, true);
      // A count of 0 with triangles behind it was left by an exporter that could not go back to the header.
      this.#wanted = this.#declared === 0 ? this.#present : Math.min(this.#declared, this.#present);
      this.#carried = 0;
    }
    if (this.#carried > 0) {
      at = this.#fill(chunk, at, recordBytes);
      if (this.#carried < recordBytes) return;
      if (this.#sink.triangles < this.#wanted) this.#sink.addStored(this.#carry, normalBytes, 1, recordBytes);
      this.#carried = 0;
    }
    const whole = Math.min(
      Math.floor((chunk.length - at) / recordBytes),
      this.#wanted - this.#sink.triangles,
    );
    if (whole > 0) {
      this.#sink.addStored(chunk, at + normalBytes, whole, recordBytes);
      at += whole * recordBytes;
    }
    if (this.#sink.triangles < this.#wanted) this.#fill(chunk, at, recordBytes);
  }

  finish(): MeshFound {
    return { kind: 'mesh', judge: (mesh, ofMesh) => this.#judge(mesh, ofMesh) };
  }

  #fill(chunk: Uint8Array, at: number, size: number): number {
    const end = Math.min(chunk.length, at + size - this.#carried);
    this.#carry.set(chunk.subarray(at, end), this.#carried);
    this.#carried += end - at;
    return end;
  }

  #judge({ measures }: MeshResult, ofMesh: readonly GeometryProblem[]): GeometryProblem[] {
    const bytes = this.#bytes;
    const declared = this.#declared ?? 0;
    const present = Math.max(0, Math.floor((bytes - headerBytes) / recordBytes));
    if (declared === present && bytes === bytesOf(present)) return [];
    if (ofMesh.some(({ code }) => code === 'non_finite' || code === 'extent_implausible')) {
      return [
        refusal(
          'not_a_model',
          `This does not look like a 3D model: read as a binary STL its numbers make no sense. ${acceptedKinds}`,
        ),
      ];
    }
    if (present === 0) return [];
    const wholeSolid = bytes === bytesOf(present) && measures.openEdges === 0;
    if (declared === 0 || (declared > this.#limits.triangles && wholeSolid)) {
      return [
        {
          code: 'wrong_count',
          severity: 'warning',
          count: present,
          message:
            `The file says it has ${formatCounted(declared, 'triangle')} but holds ${formatCount(present)}. ` +
            'We read those that are there; look at the picture and check that nothing is missing.',
        },
      ];
    }
    if (declared > present) {
      return [
        refusal(
          'truncated',
          `The file says it has ${formatCounted(declared, 'triangle')} but only ${formatCount(present)} are there: it is cut off. ` +
            'Export or send it again.',
        ),
      ];
    }
    const spare = bytes - bytesOf(declared);
    return [
      {
        code: 'spare_bytes',
        severity: declared < present ? 'warning' : 'note',
        count: spare,
        message:
          `${formatCounted(spare, 'byte')} after the last of the ${formatCounted(declared, 'declared triangle')} were left out` +
          (declared < present
            ? `; they could hold ${formatCounted(present - declared, 'more triangle')}. Look at the picture and check that nothing is missing.`
            : '; nothing needs to be done.'),
      },
    ];
  }
}

function bytesOf(triangles: number): number {
  return headerBytes + recordBytes * triangles;
}

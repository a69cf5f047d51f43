import { bytesOfPlyType, type PlyProperty, type PlyType } from './ply-header.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A polygon with more corners is damage, and must not make us wait for gigabytes that never come. */
const longestList = 1_000_000;

/** Takes binary rows off a stream of chunks. */
export class PlyRows {
  /** The row's single values by property; a list's length stands in its place. */
  readonly values: number[] = [];
  /** The row's lists by property. */
  readonly lists: number[][] = [];
  readonly #littleEndian: boolean;
  #bytes = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  push(chunk: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#at);
    const joined = new Uint8Array(rest.length + chunk.length);
    joined.set(rest);
    joined.set(chunk, rest.length);
    this.#bytes = joined;
    this.#view = new DataView(joined.buffer);
    this.#at = 0;
  }

  /** Reads one row; false, and nothing taken, when not all of it came yet. */
  read(properties: readonly PlyProperty[]): boolean {
    let at = this.#at;
    const end = this.#bytes.length;
    for (let index = 0; index < properties.length; index++) {
      const { type, lengthType } = properties[index]!;
      const first = lengthType ?? type;
      if (at + bytesOfPlyType[first] > end) return false;
      const value = this.#value(first, at);
      this.values[index] = value;
      at += bytesOfPlyType[first];
      if (!lengthType) continue;
      const length = value;
      if (!(length >= 0 && length <= longestList))
        throw new UnreadableFile(
          'malformed',
          'A face of this PLY file has an impossible number of corners: the file is damaged. Export the part again.',
        );
      if (at + length * bytesOfPlyType[type] > end) return false;
      const list: number[] = (this.lists[index] ??= []);
      list.length = 0;
      for (let item = 0; item < length; item++, at += bytesOfPlyType[type]) list.push(this.#value(type, at));
    }
    this.#at = at;
    return true;
  }

  #value(type: PlyType, at: number): number {
    const view = this.#view;
    switch (type) {
      case 'int8':
        return view.getInt8(at);
      case 'uint8':
        return view.getUint8(at);
      case 'int16':
        return view.getInt16(at, this.#littleEndian);
      case 'uint16':
        return view.getUint16(at, this.#littleEndian);
      case 'int32':
        return view.getInt32(at, this.#littleEndian);
      case 'uint32':
        return view.getUint32(at, this.#littleEndian);
      case 'float32':
        return view.getFloat32(at, this.#littleEndian);
      case 'float64':
        return view.getFloat64(at, this.#littleEndian);
    }
  }
}

import type { MeshKernel } from './mesh-kernel.ts';

const headerBytes = 84;
const recordBytes = 50;

/** How many whole triangles fit into a binary STL of this length. */
export function trianglesThatFit(totalBytes: number): number {
  return Math.max(0, Math.floor((totalBytes - headerBytes) / recordBytes));
}

/** Reads the records of a binary STL from chunks of any size. */
export class BinaryStlReader {
  /** The header's count; undefined until the header is complete. */
  declared: number | undefined;
  readonly #kernel: MeshKernel;
  /** Header or record begun in one chunk and ended in a later one. */
  readonly #carry = new Uint8Array(headerBytes);
  #carried = 0;
  #wanted = 0;

  constructor(kernel: MeshKernel) {
    this.#kernel = kernel;
  }

  /** @param totalBytes the file's length, which bounds what a header may promise */
  push(chunk: Uint8Array, totalBytes: number): void {
    let at = 0;
    if (this.declared === undefined) {
      at = this.#fill(chunk, 0, headerBytes);
      if (this.#carried < headerBytes) return;
      this.declared = new DataView(this.#carry.buffer).getUint32(80, true);
      const present = trianglesThatFit(totalBytes);
      // A count of 0 with triangles behind it was left by an exporter that could not go back to the header.
      this.#wanted = this.declared === 0 ? present : Math.min(this.declared, present);
      this.#carried = 0;
    }
    if (this.#carried > 0) {
      at = this.#fill(chunk, at, recordBytes);
      if (this.#carried < recordBytes) return;
      this.#read(new DataView(this.#carry.buffer), 0);
      this.#carried = 0;
    }
    const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (at + recordBytes <= chunk.length && this.#kernel.triangles < this.#wanted) {
      this.#read(view, at);
      at += recordBytes;
    }
    if (this.#kernel.triangles < this.#wanted) this.#fill(chunk, at, recordBytes);
  }

  #fill(chunk: Uint8Array, at: number, size: number): number {
    const end = Math.min(chunk.length, at + size - this.#carried);
    this.#carry.set(chunk.subarray(at, end), this.#carried);
    this.#carried += end - at;
    return end;
  }

  #read(view: DataView, at: number): void {
    if (this.#kernel.triangles >= this.#wanted) return;
    const bits = this.#kernel.cornerBits;
    for (let word = 0; word < 9; word++) bits[word] = view.getInt32(at + 12 + word * 4, true);
    this.#kernel.addTriangle();
  }
}

import { base64 } from './ascii-facets-binary.ts';
import type { TriangleSink } from './triangle-sink.ts';
import { compile, webAssembly } from './web-assembly.ts';

// Fixed places in its one page of memory; ascii-facets.as knows the first one too.
const trianglesAt = 256;
const mostFacets = 256;
const coordinatesBytes = 36;
const textAt = trianglesAt + mostFacets * coordinatesBytes;
/** Leaves the blank behind the text and the bytes that are looked at together. */
const mostText = 65_536 - textAt - 32;
const blank = 0x20;

/** So many looks in vain, and the file is one whose facets are written in another way. */
const mostMisses = 100;
/** Facets that make up for one look in vain, which the end of every chunk costs. */
const facetsPerMiss = 64;

interface FacetExports {
  begin: () => void;
  readFacets: (from: number, to: number, most: number) => number;
  readonly stoppedAt: { value: number };
}

let compiled: object | undefined;

/** Reads facets written as nearly all programs do, several times faster than a reader that knows every form. */
export class AsciiFacets {
  readonly #bytes: Uint8Array;
  readonly #exports: FacetExports;
  #missesLeft = mostMisses;

  constructor() {
    const memory = new webAssembly.Memory({ initial: 1, maximum: 1 });
    compiled ??= compile(base64);
    this.#exports = new webAssembly.Instance(compiled, { env: { memory } }).exports as FacetExports;
    this.#exports.begin();
    this.#bytes = new Uint8Array(memory.buffer);
  }

  /**
   * Gives the sink the facets that follow one another from `at` on.
   * @returns where the first one begins that is not usual or not all there; `at` when that is the first
   */
  read(chunk: Uint8Array, at: number, sink: TriangleSink): number {
    if (this.#missesLeft < 1) return at;
    const text = chunk.subarray(at, at + mostText);
    this.#bytes.set(text, textAt);
    this.#bytes[textAt + text.length] = blank;
    const facets = this.#exports.readFacets(textAt, textAt + text.length, mostFacets);
    if (facets === 0) {
      this.#missesLeft--;
      return at;
    }
    this.#missesLeft = Math.min(mostMisses, this.#missesLeft + facets / facetsPerMiss);
    sink.addStored(this.#bytes, trianglesAt, facets, coordinatesBytes);
    return at + this.#exports.stoppedAt.value - textAt;
  }
}

import { AsciiFacets } from './ascii-facets.ts';
import { readAsciiNumber } from './ascii-number.ts';
import type { MeshFound, ReadContext, StreamReader } from './file-reader.ts';
import type { MeshResult } from './mesh-kernel.ts';
import type { GeometryProblem } from './report.ts';
import type { TriangleSink } from './triangle-sink.ts';
import { refusal } from './unreadable-file.ts';
import { formatCounted } from './words.ts';

/** A shortest triangle of exported text; room for more is made when it comes. */
const bytesPerTriangle = 160;

/** Longer words are names, never keywords or numbers. */
const longestWord = 256;
const space = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const lowerCase = 0x20;
const letterF = 0x66;

/**
 * Reads an ASCII STL from chunks of any size. Words may stand on lines ended by CR, LF or both, be parted by tabs, be written
 * in any case; several solids may follow each other, and the last `endsolid` may be missing.
 */
export class AsciiStlReader implements StreamReader {
  readonly #sink: TriangleSink;
  #insideSolid = false;
  #insideFacet = false;
  /** Facets that had not exactly three corners. */
  #malformedFacets = 0;
  readonly #carry = new Uint8Array(longestWord);
  #carried = 0;
  #corners = 0;
  #coordinatesWanted = 0;
  #inName = false;
  /** Reads most facets of most files; the rest of this class knows every form. */
  readonly #usual = new AsciiFacets();

  constructor({ totalBytes, openSink }: ReadContext) {
    this.#sink = openSink(Math.ceil(totalBytes / bytesPerTriangle));
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#carried > 0) {
      while (at < chunk.length && chunk[at]! > space) at++;
      this.#keep(chunk, 0, at);
      if (at === chunk.length) return;
      this.#endCarriedWord();
    }
    while (at < chunk.length) {
      const byte = chunk[at]!;
      if (byte <= space) {
        if (this.#inName && (byte === lineFeed || byte === carriageReturn)) this.#inName = false;
        at++;
        continue;
      }
      if ((byte | lowerCase) === letterF && this.#betweenFacets) {
        const end = this.#usual.read(chunk, at, this.#sink);
        if (end > at) {
          at = end;
          continue;
        }
      }
      const start = at;
      while (at < chunk.length && chunk[at]! > space) at++;
      if (at === chunk.length) this.#keep(chunk, start, at);
      else this.#word(chunk, start, at);
    }
  }

  finish(): MeshFound {
    if (this.#carried > 0) this.#endCarriedWord();
    return { kind: 'mesh', judge: (mesh) => this.#judge(mesh) };
  }

  get #betweenFacets(): boolean {
    return !this.#insideFacet && !this.#inName && this.#coordinatesWanted === 0;
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const kept = Math.min(end - start, longestWord - this.#carried);
    this.#carry.set(chunk.subarray(start, start + kept), this.#carried);
    this.#carried += kept;
  }

  #endCarriedWord(): void {
    const length = this.#carried;
    this.#carried = 0;
    this.#word(this.#carry, 0, length);
  }

  #word(bytes: Uint8Array, start: number, end: number): void {
    if (this.#coordinatesWanted > 0) {
      const at = this.#corners * 3 + 3 - this.#coordinatesWanted;
      const value = end - start < longestWord ? readAsciiNumber(bytes, start, end) : Number.NaN;
      if (at < 9) this.#sink.corners[at] = value;
      if (--this.#coordinatesWanted === 0 && ++this.#corners === 3) this.#sink.addTriangle();
      return;
    }
    // A name may hold any word; only a facet ends it without a new line.
    if (isWord(bytes, start, end, 'facet')) this.#beginFacet();
    else if (this.#inName) return;
    else if (isWord(bytes, start, end, 'vertex')) {
      if (this.#insideFacet) this.#coordinatesWanted = 3;
    } else if (isWord(bytes, start, end, 'endfacet')) this.#endFacet();
    else if (isWord(bytes, start, end, 'solid')) this.#inName = this.#insideSolid = true;
    else if (isWord(bytes, start, end, 'endsolid')) {
      this.#inName = true;
      this.#insideSolid = false;
    }
  }

  #beginFacet(): void {
    this.#inName = false;
    if (this.#insideFacet) this.#endFacet();
    this.#insideFacet = true;
    this.#corners = 0;
  }

  #endFacet(): void {
    if (this.#insideFacet && this.#corners !== 3) this.#malformedFacets++;
    this.#insideFacet = false;
  }

  #judge({ measures }: MeshResult): GeometryProblem[] {
    if (this.#insideFacet || (this.#insideSolid && measures.openEdges > 0)) {
      return [
        refusal(
          'truncated',
          `The text stops before the solid ends, after ${formatCounted(measures.triangles, 'triangle')}: the file is cut off. Export or send it again.`,
        ),
      ];
    }
    if (this.#malformedFacets > 0) {
      return [
        refusal(
          'malformed',
          `${formatCounted(this.#malformedFacets, 'facet')} of this file ${this.#malformedFacets === 1 ? 'does' : 'do'} not have exactly three corners: ` +
            'the file is damaged. Export the part again from your CAD program.',
        ),
      ];
    }
    if (!this.#insideSolid || measures.triangles === 0) return [];
    return [
      {
        code: 'missing_end',
        severity: 'note',
        message:
          'The closing line "endsolid" is missing, but the solid is complete; nothing needs to be done.',
      },
    ];
  }
}

function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at++) {
    if ((bytes[start + at]! | 0x20) !== word.charCodeAt(at)) return false;
  }
  return true;
}

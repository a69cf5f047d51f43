const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;
const space = 0x20;

/** No line of a real model is longer; a file that is one endless line must not fill the memory. */
const longestLine = 4_000_000;

/**
 * Cuts chunks into lines ended by CR, LF or both, and hands each on as a range of bytes that is valid during the call. A
 * backslash at the end joins a line with the next when `continued` is set.
 */
export class LineCutter {
  /** A line was too long to be kept; its end was left out. */
  overlong = false;
  readonly #line: (bytes: Uint8Array, start: number, end: number) => void;
  readonly #continued: boolean;
  #carry = new Uint8Array(1024);
  #carried = 0;
  #afterReturn = false;

  constructor(
    line: (bytes: Uint8Array, start: number, end: number) => void,
    { continued = false }: { continued?: boolean } = {},
  ) {
    this.#line = line;
    this.#continued = continued;
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#afterReturn && chunk.length > 0) {
      if (chunk[0] === lineFeed) start = 1;
      this.#afterReturn = false;
    }
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      this.#end(chunk, start, at);
      if (byte === carriageReturn) {
        if (at + 1 === chunk.length) this.#afterReturn = true;
        else if (chunk[at + 1] === lineFeed) at++;
      }
      start = at + 1;
    }
    this.#keep(chunk, start, chunk.length);
  }

  /** Hands on a last line without an end. */
  finish(): void {
    if (this.#carried === 0) return;
    this.#line(this.#carry, 0, this.#carried);
    this.#carried = 0;
  }

  #end(chunk: Uint8Array, start: number, end: number): void {
    if (this.#continued && end > start && chunk[end - 1] === backslash) {
      this.#keep(chunk, start, end - 1);
      this.#keep(joint, 0, 1);
    } else if (this.#carried === 0) this.#line(chunk, start, end);
    else {
      this.#keep(chunk, start, end);
      this.finish();
    }
  }

  #keep(chunk: Uint8Array, start: number, end: number): void {
    const kept = Math.min(end - start, longestLine - this.#carried);
    if (kept < end - start) this.overlong = true;
    if (this.#carried + kept > this.#carry.length) {
      const larger = new Uint8Array(Math.max(this.#carried + kept, this.#carry.length * 2));
      larger.set(this.#carry.subarray(0, this.#carried));
      this.#carry = larger;
    }
    this.#carry.set(chunk.subarray(start, start + kept), this.#carried);
    this.#carried += kept;
  }
}

const joint = Uint8Array.of(space);

/** Goes through the words of one line. */
export class WordCursor {
  #bytes: Uint8Array = joint;
  #end = 0;
  /** The word's range; empty at the line's end. */
  start = 0;
  end = 0;

  /** Stands before the first word. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#bytes = bytes;
    this.#end = end;
    this.start = this.end = start;
  }

  /** Moves to the next word; false when there is none. */
  next(): boolean {
    const bytes = this.#bytes;
    let at = this.end;
    while (at < this.#end && bytes[at]! <= space) at++;
    this.start = at;
    while (at < this.#end && bytes[at]! > space) at++;
    this.end = at;
    return this.end > this.start;
  }
}

import { S3Error } from './error.ts';

const LONGEST_LINE = 16 * 1024;

/** Reads a stream by line, by length and up to a delimiter. Throws IncompleteBody when it ends too early. */
export class StreamReader {
  readonly #source: AsyncIterator<Buffer>;
  #held: Buffer;
  /** `ahead` is put before the first byte of the stream. */
  constructor(source: AsyncIterable<Buffer>, ahead = '') {
    this.#source = source[Symbol.asyncIterator]();
    this.#held = Buffer.from(ahead);
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw new S3Error(400, 'IncompleteBody', 'The request body ended too early.');
    this.#held = Buffer.concat([this.#held, next.value]);
  }

  /** The next line as latin1, without its CRLF. */
  async line(): Promise<string> {
    let text = '';
    for await (const piece of this.until(Buffer.from('\r\n'))) {
      text += piece.toString('latin1');
      if (text.length > LONGEST_LINE)
        throw new S3Error(400, 'InvalidRequest', 'A line of the body is too long.');
    }
    return text;
  }

  /** Exactly `length` bytes, in pieces as they come. */
  async *exactly(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.#held.length === 0) await this.#more();
      const piece = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** All bytes before the delimiter, in pieces as they come; the delimiter is consumed. */
  async *until(delimiter: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      const safe = at >= 0 ? at : Math.max(0, this.#held.length - delimiter.length + 1);
      const piece = this.#held.subarray(0, safe);
      this.#held = this.#held.subarray(at >= 0 ? at + delimiter.length : safe);
      if (piece.length > 0) yield piece;
      if (at >= 0) return;
      await this.#more();
    }
  }
}

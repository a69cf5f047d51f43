import { createHash, type Hash } from 'node:crypto';

/** Content on its way to a reader: counted, hashed, and begun again from its first byte after a look at the head. */
export class Intake {
  /** How many bytes came. */
  bytes = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #hash: Hash | undefined;
  readonly #head: Uint8Array[] = [];

  /** @param hashed whether the hash will be asked for */
  constructor(source: AsyncIterable<Uint8Array>, hashed: boolean) {
    this.#hash = hashed ? createHash('sha256') : undefined;
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The first `wanted` bytes or a few more; all of a shorter content. */
  async head(wanted: number): Promise<Uint8Array> {
    while (this.bytes < wanted) {
      const chunk = await this.#next();
      if (!chunk) break;
      // The source may write into the same memory again.
      this.#head.push(chunk.slice());
    }
    return this.#head.length === 1 ? this.#head[0]! : Buffer.concat(this.#head);
  }

  /** All chunks, those of the head first. */
  async *content(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.#head.splice(0);
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk;
  }

  /** Takes the rest that no reader wanted, then gives the hex SHA-256 of everything; empty when it was not to be made. */
  async sha256(): Promise<string> {
    while (await this.#next());
    return this.#hash?.digest('hex') ?? '';
  }

  async #next(): Promise<Uint8Array | undefined> {
    const next = await this.#source.next();
    if (next.done) return undefined;
    this.bytes += next.value.length;
    this.#hash?.update(next.value);
    return next.value;
  }
}

/** So many triangles keep coordinates and ids of a batch in the processor's first cache. */
export const trianglesPerBatch = 256;

const coordinatesBytes = 36;

/**
 * Hands triangles on by the batch: in short loops the processor looks up many points at once, where one triangle at a time
 * would wait for each. Triangles with a coordinate that is not finite are counted and left out.
 */
export abstract class TriangleBatch {
  readonly corners = new Float32Array(9);
  readonly cornerBits = new Int32Array(this.corners.buffer);
  triangles = 0;
  nonFinite = 0;
  readonly #held = new Float32Array(trianglesPerBatch * 9);
  readonly #heldBytes = new Uint8Array(this.#held.buffer);
  readonly #heldBits = new Int32Array(this.#held.buffer);
  #count = 0;

  addTriangle(): void {
    this.triangles++;
    const from = this.cornerBits;
    const to = this.#heldBits;
    const at = this.#count * 9;
    for (let word = 0; word < 9; word++) to[at + word] = from[word]!;
    if (++this.#count === trianglesPerBatch) this.flush();
  }

  /**
   * Adds triangles that lie in a file as float32, little-endian, nine in a row.
   * @param at where the first triangle's coordinates begin
   * @param stride bytes from one triangle to the next, 160 at most
   */
  addStored(bytes: Uint8Array, at: number, triangles: number, stride: number): void {
    this.flush();
    this.triangles += triangles;
    for (let left = triangles; left > 0;) {
      const round = Math.min(left, trianglesPerBatch);
      this.nonFinite += round - this.take(bytes, at, round, stride);
      at += round * stride;
      left -= round;
    }
  }

  /** Works on the triangles that are still waiting for their batch to fill. */
  flush(): void {
    const triangles = this.#count;
    if (triangles === 0) return;
    this.#count = 0;
    this.nonFinite += triangles - this.take(this.#heldBytes, 0, triangles, coordinatesBytes);
  }

  /**
   * @param bytes nine float32 per triangle in mm, `stride` bytes apart, the first at `at`
   * @param triangles `trianglesPerBatch` at most
   * @returns how many of them are finite
   */
  protected abstract take(bytes: Uint8Array, at: number, triangles: number, stride: number): number;
}

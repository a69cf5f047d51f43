/** So many triangles keep coordinates and ids of a batch in the processor's first cache. */
export const trianglesPerBatch = 256;

/**
 * Triangles are worked on by the batch, one pass after the other (measure, weld, edges): in short loops the processor looks up
 * many points at once, where one triangle at a time would wait for each. Triangles with a coordinate that is not finite are
 * counted and left out.
 */
export abstract class TriangleBatch {
  readonly corners = new Float32Array(9);
  readonly cornerBits = new Int32Array(this.corners.buffer);
  triangles = 0;
  nonFinite = 0;
  readonly #coordinates = new Float32Array(trianglesPerBatch * 9);
  readonly #bits = new Int32Array(this.#coordinates.buffer);
  #held = 0;

  addTriangle(): void {
    this.triangles++;
    const c = this.corners;
    const sum = c[0]! + c[1]! + c[2]! + c[3]! + c[4]! + c[5]! + c[6]! + c[7]! + c[8]!;
    // Nine float32 can not overflow a float64, so the sum is finite exactly when all of them are.
    if (sum - sum !== 0) {
      this.nonFinite++;
      return;
    }
    const from = this.cornerBits;
    const to = this.#bits;
    const at = this.#held * 9;
    for (let word = 0; word < 9; word++) to[at + word] = from[word]!;
    if (++this.#held === trianglesPerBatch) this.flush();
  }

  /**
   * Adds triangles that lie in a file as float32, little-endian, nine in a row.
   * @param at where the first triangle's coordinates begin
   * @param stride bytes from one triangle to the next
   */
  addStored(view: DataView, at: number, triangles: number, stride: number): void {
    const coordinates = this.#coordinates;
    const bits = this.#bits;
    for (let left = triangles; left > 0;) {
      const round = Math.min(left, trianglesPerBatch - this.#held);
      let to = this.#held * 9;
      for (let triangle = 0; triangle < round; triangle++, at += stride) {
        for (let word = 0; word < 9; word++) bits[to + word] = view.getInt32(at + word * 4, true);
        let sum = 0;
        for (let word = 0; word < 9; word++) sum += coordinates[to + word]!;
        if (sum - sum === 0) to += 9;
        else this.nonFinite++;
      }
      left -= round;
      this.triangles += round;
      this.#held = to / 9;
      if (this.#held === trianglesPerBatch) this.flush();
    }
  }

  /** Works on the triangles that are still waiting for their batch to fill. */
  flush(): void {
    if (this.#held === 0) return;
    const triangles = this.#held;
    this.#held = 0;
    this.take(this.#coordinates, this.#bits, triangles);
  }

  /** @param coordinates nine per triangle, in mm, all finite @param bits the same memory as bits */
  protected abstract take(coordinates: Float32Array, bits: Int32Array, triangles: number): void;
}

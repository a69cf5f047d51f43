/** A copy with room for at least `needed` elements: a quarter more than before, so that growth costs little and wastes little. */
export function grown(array: Int32Array, needed: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(needed, Math.ceil(array.length * 1.25)));
  larger.set(array);
  return larger;
}

/**
 * Counts the faces that repeat the corners of an earlier face, in whatever order.
 * @param faces three vertex ids per face
 * @param found told the corners of each
 */
export function findDuplicateFaces(
  faces: Int32Array,
  found: (a: number, b: number, c: number) => void,
): number {
  const faceCount = faces.length / 3;
  let slots = 64;
  while (slots < faceCount * 2) slots *= 2;
  const table = new Int32Array(slots);
  const mask = slots - 1;
  let count = 0;
  for (let face = 0; face < faceCount; face++) {
    const a = faces[face * 3]!;
    const b = faces[face * 3 + 1]!;
    const c = faces[face * 3 + 2]!;
    const low = Math.min(a, b, c);
    const high = Math.max(a, b, c);
    const middle = a + b + c - low - high;
    let hash = Math.imul(low, 0x9e37_79b1) ^ Math.imul(middle, 0x85eb_ca6b) ^ Math.imul(high, 0xc2b2_ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const known = table[slot]! - 1;
      if (known < 0) {
        table[slot] = face + 1;
        break;
      }
      if (sameCorners(faces, known, low, middle, high)) {
        count++;
        found(a, b, c);
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return count;
}

function sameCorners(faces: Int32Array, face: number, low: number, middle: number, high: number): boolean {
  const a = faces[face * 3]!;
  const b = faces[face * 3 + 1]!;
  const c = faces[face * 3 + 2]!;
  return Math.min(a, b, c) === low && Math.max(a, b, c) === high && a + b + c - low - high === middle;
}

/** Lowest corner and size of the box around points x y z, ...; all 0 without points. */
export function boundsOf(positions: Float32Array): { low: number[]; size: number[] } {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at++) {
    const axis = at % 3;
    const value = positions[at]!;
    if (value < low[axis]!) low[axis] = value;
    if (value > high[axis]!) high[axis] = value;
  }
  if (positions.length === 0) return { low: [0, 0, 0], size: [0, 0, 0] };
  return { low, size: low.map((least, axis) => high[axis]! - least) };
}

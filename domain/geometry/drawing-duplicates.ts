interface Line {
  points: readonly number[];
  closed: boolean;
  lengthMm: number;
  layer: number;
}

/** What two lines must share to be the same line, whichever way and from whichever point they are drawn. */
interface Signature {
  values: readonly number[];
  lengthMm: number;
  closed: boolean;
  layer: number;
}

/** Marks every line that repeats an earlier one of its layer. */
export function findDuplicates<T extends Line>(
  lines: readonly T[],
  toleranceMm: number,
): (T & { duplicate: boolean })[] {
  const cells = new Map<string, Signature[]>();
  // A cell is wider than the tolerance, so that what belongs together is in the same cell or a neighbour.
  const size = toleranceMm * 4;
  return lines.map((line) => {
    const signature = signatureOf(line);
    const [x, y] = signature.values.slice(-2) as [number, number];
    const [cx, cy] = [Math.floor(x / size), Math.floor(y / size)];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const other of cells.get(`${cx + dx} ${cy + dy}`) ?? [])
          if (alike(signature, other, toleranceMm)) return { ...line, duplicate: true };
    const key = `${cx} ${cy}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [signature]);
    // Thousands of different lines about one centre are no drawing: the search stays short.
    else if (cell.length < 200) cell.push(signature);
    return { ...line, duplicate: false };
  });
}

function signatureOf({ points, closed, lengthMm, layer }: Line): Signature {
  // Bounds along x, y and both diagonals: they tell apart what shares a box, such as its two diagonals.
  const low = [Infinity, Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity, -Infinity];
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [points[at]!, points[at + 1]!];
    [x, y, (x + y) * Math.SQRT1_2, (x - y) * Math.SQRT1_2].forEach((value, axis) => {
      low[axis] = Math.min(low[axis]!, value);
      high[axis] = Math.max(high[axis]!, value);
    });
  }
  return { values: [...low, ...high, ...centreOf(points, closed)], lengthMm, closed, layer };
}

/** Centre of gravity of the line itself: the same whichever way it is drawn and however it is cut into points. */
function centreOf(points: readonly number[], closed: boolean): [number, number] {
  let [sumX, sumY, total] = [0, 0, 0];
  const count = points.length / 2;
  for (let k = 0; k < (closed ? count : count - 1); k++) {
    const next = (k + 1) % count;
    const [ax, ay] = [points[2 * k]!, points[2 * k + 1]!];
    const [bx, by] = [points[2 * next]!, points[2 * next + 1]!];
    const length = Math.hypot(bx - ax, by - ay);
    sumX += ((ax + bx) / 2) * length;
    sumY += ((ay + by) / 2) * length;
    total += length;
  }
  return total > 0 ? [sumX / total, sumY / total] : [points[0]!, points[1]!];
}

function alike(a: Signature, b: Signature, toleranceMm: number): boolean {
  return (
    a.layer === b.layer &&
    a.closed === b.closed &&
    Math.abs(a.lengthMm - b.lengthMm) <= toleranceMm * 4 &&
    a.values.every((value, at) => Math.abs(value - b.values[at]!) <= toleranceMm)
  );
}

/** Nodes and weights of the 8-point Gauss-Legendre rule on -1..1 (Abramowitz and Stegun, table 25.4), of the positive half. */
const nodes = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** A piece that is still not even when it was halved so often holds a jump, not a bend. */
const mostHalvings = 16;
const relativeError = 1e-10;

/**
 * The length of a curve from its speed, the length of its derivative, by Gauss-Legendre quadrature: pieces are halved until the
 * halves agree with the whole to ten digits.
 */
export function arcLength(speed: (at: number) => number, from: number, to: number): number {
  return halved(speed, from, to, gauss(speed, from, to), 0);
}

function halved(
  speed: (at: number) => number,
  from: number,
  to: number,
  whole: number,
  halvings: number,
): number {
  const middle = (from + to) / 2;
  const first = gauss(speed, from, middle);
  const second = gauss(speed, middle, to);
  const sum = first + second;
  if (halvings >= mostHalvings || !(Math.abs(sum - whole) > relativeError * sum)) return sum;
  return halved(speed, from, middle, first, halvings + 1) + halved(speed, middle, to, second, halvings + 1);
}

function gauss(speed: (at: number) => number, from: number, to: number): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  let sum = 0;
  for (const [node, weight] of nodes)
    sum += weight * (speed(middle - half * node) + speed(middle + half * node));
  return sum * half;
}

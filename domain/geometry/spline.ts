import { arcLength } from './arc-length.ts';

export interface Spline {
  degree: number;
  knots: readonly number[];
  /** x0, y0, x1, y1, ... */
  control: readonly number[];
  /** One per control point, above 0; 1 where absent. */
  weights?: readonly number[];
}

const mostDegree = 10;
/** Points one span of knots, and one curve, may be cut into. */
const mostPerSpan = 1024;
const mostPoints = 200_000;

/** Whether degree, knots, control points and weights make a curve. */
function isCurve({ degree, knots, control, weights }: Spline): boolean {
  const count = control.length / 2;
  return (
    degree >= 1 &&
    degree <= mostDegree &&
    count > degree &&
    knots.length === count + degree + 1 &&
    !knots.some((knot, at) => at > 0 && knot < knots[at - 1]!) &&
    (weights === undefined || (weights.length === count && weights.every((weight) => weight > 0)))
  );
}

/**
 * A (rational) B-spline by de Boor's recurrence, or undefined when degree, knots, control points and weights do not fit together.
 * Sampled evenly within each span of knots; the step follows the control points that the span hangs on.
 */
export function flattenSpline(spline: Spline, tolerance: number): number[] | undefined {
  if (!isCurve(spline)) return undefined;
  const spans = spansOf(spline);
  const most = Math.max(2, Math.min(mostPerSpan, Math.floor(mostPoints / spans.length)));
  const points: number[] = [];
  for (const [span, low, high] of spans) {
    const wanted = Math.ceil(
      Math.sqrt(longestStep(spline, span) / tolerance / 8) * spline.degree * unevenness(spline, span),
    );
    const steps = Math.max(2, Math.min(most, Number.isFinite(wanted) ? wanted : most));
    for (let k = points.length === 0 ? 0 : 1; k <= steps; k++) {
      const { x, y } = pointOfSpline(spline, span, low + ((high - low) * k) / steps);
      points.push(x, y);
    }
  }
  return points.length >= 4 ? points : undefined;
}

/** The length of a spline that `flattenSpline` takes, to nine digits. */
export function lengthOfSpline(spline: Spline): number {
  let length = 0;
  for (const [span, low, high] of spansOf(spline))
    length += arcLength((u) => pointOfSpline(spline, span, u).speed, low, high);
  return length;
}

/** Spans of knots that are not empty: index, from, to. */
function spansOf({ degree, knots, control }: Spline): [number, number, number][] {
  const spans: [number, number, number][] = [];
  for (let span = degree; span < control.length / 2; span++) {
    const [low, high] = [knots[span]!, knots[span + 1]!];
    if (high > low) spans.push([span, low, high]);
  }
  return spans;
}

function longestStep({ degree, control }: Spline, span: number): number {
  let longest = 0;
  for (let at = 2 * (span - degree + 1); at <= 2 * span; at += 2)
    longest = Math.max(
      longest,
      Math.hypot(control[at]! - control[at - 2]!, control[at + 1]! - control[at - 1]!),
    );
  return longest;
}

/** Weights that differ crowd the points of even steps together at one end. */
function unevenness({ degree, weights }: Spline, span: number): number {
  if (!weights) return 1;
  const own = weights.slice(span - degree, span + 1);
  return Math.max(...own) / Math.min(...own);
}

/** The point at a parameter within a span, and how fast it moves there. */
function pointOfSpline(
  { degree, knots, control, weights }: Spline,
  span: number,
  u: number,
): { x: number; y: number; speed: number } {
  const local: [number, number, number][] = [];
  for (let j = 0; j <= degree; j++) {
    const at = span - degree + j;
    const w = weights?.[at] ?? 1;
    local.push([control[2 * at]! * w, control[2 * at + 1]! * w, w]);
  }
  let [dx, dy, dw] = [0, 0, 0];
  for (let r = 1; r <= degree; r++) {
    if (r === degree) {
      // Before the last step the two points left span the curve's tangent.
      const [before, here] = [local[degree - 1]!, local[degree]!];
      const rate = degree / (knots[span + 1]! - knots[span]!);
      [dx, dy, dw] = [
        (here[0] - before[0]) * rate,
        (here[1] - before[1]) * rate,
        (here[2] - before[2]) * rate,
      ];
    }
    for (let j = degree; j >= r; j--) {
      const low = knots[span - degree + j]!;
      const range = knots[span + 1 + j - r]! - low;
      const share = range === 0 ? 0 : (u - low) / range;
      const [before, here] = [local[j - 1]!, local[j]!];
      local[j] = [
        before[0] + (here[0] - before[0]) * share,
        before[1] + (here[1] - before[1]) * share,
        before[2] + (here[2] - before[2]) * share,
      ];
    }
  }
  const [wx, wy, w] = local[degree]!;
  const [x, y] = [wx / w, wy / w];
  return { x, y, speed: Math.hypot(dx - x * dw, dy - y * dw) / w };
}

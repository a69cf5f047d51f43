/** The speeds, mm/s, at which the time lost in corners is worked out; other speeds lie between or beyond. */
export const referenceSpeeds = [30, 60, 120] as const;
/** The acceleration, mm/s2, and the jump of speed a machine takes at once, mm/s, that go with them. */
export const referenceAcceleration = 1000;
export const referenceJerk = 8;

/** Points nearer than this to the last one are passed over, as slicers do. */
const leastStepMm = 0.05;

/**
 * Works out how many seconds the corners of closed outlines cost: a machine slows down until each axis jumps by no more than
 * its jerk, and speeds up again with its acceleration (trapezoids, looking ahead and back along the loop).
 */
export class CornerPlanner {
  readonly lost = new Float64Array(referenceSpeeds.length);
  #lengths = new Float64Array(256);
  #turns = new Float64Array(256);
  #squares = new Float64Array(257);

  /** Adds to `lost` what one loop costs: the points from `first` up to `end`. */
  addLoop(points: Float64Array, first: number, end: number): void {
    const steps = this.#simplify(points, first, end);
    if (steps < 2) return;
    for (let index = 0; index < referenceSpeeds.length; index++) {
      this.lost[index]! += this.#lostAt(referenceSpeeds[index]!, steps);
    }
  }

  /** Lengths of the loop's steps and how sharply each turns into the next: the larger axis change of the unit direction. */
  #simplify(points: Float64Array, first: number, end: number): number {
    if (end - first > this.#lengths.length) {
      this.#lengths = new Float64Array((end - first) * 2);
      this.#turns = new Float64Array((end - first) * 2);
      this.#squares = new Float64Array((end - first) * 2 + 1);
    }
    let x = points[first * 2]!;
    let y = points[first * 2 + 1]!;
    let beforeX = 0;
    let beforeY = 0;
    let steps = 0;
    for (let point = first + 1; point <= end; point++) {
      const at = point === end ? first * 2 : point * 2;
      const dx = points[at]! - x;
      const dy = points[at + 1]! - y;
      const square = dx * dx + dy * dy;
      if (square < leastStepMm * leastStepMm) continue;
      const length = Math.sqrt(square);
      const unitX = dx / length;
      const unitY = dy / length;
      const turn = steps === 0 ? 2 : Math.max(Math.abs(unitX - beforeX), Math.abs(unitY - beforeY));
      x = points[at]!;
      y = points[at + 1]!;
      beforeX = unitX;
      beforeY = unitY;
      if (turn < 1e-3) this.#lengths[steps - 1]! += length;
      else {
        this.#turns[steps] = turn;
        this.#lengths[steps++] = length;
      }
    }
    return steps;
  }

  #lostAt(speed: number, steps: number): number {
    const lengths = this.#lengths;
    const turns = this.#turns;
    const squares = this.#squares;
    const most = speed * speed;
    const twice = 2 * referenceAcceleration;
    squares[steps] = referenceJerk * referenceJerk;
    for (let step = steps - 1; step >= 0; step--) {
      const turn = turns[step]!;
      const corner = turn * speed > referenceJerk ? (referenceJerk / turn) ** 2 : most;
      squares[step] = Math.min(corner, squares[step + 1]! + twice * lengths[step]!);
    }
    let seconds = 0;
    let length = 0;
    let from = squares[0]!;
    for (let step = 0; step < steps; step++) {
      const way = lengths[step]!;
      const to = Math.min(squares[step + 1]!, from + twice * way);
      length += way;
      if (from === most && to === most) seconds += way / speed;
      else {
        const top = Math.min(most, (from + to) / 2 + referenceAcceleration * way);
        const topSpeed = Math.sqrt(top);
        const even = way - (2 * top - from - to) / twice;
        seconds +=
          (2 * topSpeed - Math.sqrt(from) - Math.sqrt(to)) / referenceAcceleration +
          Math.max(0, even) / topSpeed;
      }
      from = to;
    }
    return seconds - length / speed;
  }
}

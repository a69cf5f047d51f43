/** The speeds, mm/s, at which the time lost in corners is worked out; other speeds lie between or beyond. */
export const referenceSpeeds = [30, 60, 120] as const;
/** The acceleration, mm/s2, and the jump of speed a machine takes at once, mm/s, that go with them. */
export const referenceAcceleration = 1000;
export const referenceJerk = 8;

const fastest = referenceSpeeds[2];

/** Points nearer than this to the last one are passed over, as slicers do. */
const leastStepMm = 0.05;

/**
 * Works out how many seconds the corners of closed outlines cost: a machine slows down until each axis jumps by no more than
 * its jerk, and speeds up again with its acceleration (trapezoids, looking ahead and back along the loop).
 */
export class CornerPlanner {
  readonly lost = new Float64Array(referenceSpeeds.length);
  #lengths = new Float64Array(256);
  /** Squares of the most speed from a step's beginning on. */
  #entries = new Float64Array(256);
  #squares = new Float64Array(257);

  /** Adds to `lost` what one loop costs: the points from `first` up to `end`. */
  addLoop(points: Float64Array, first: number, end: number): void {
    let steps = this.#simplify(points, first, end);
    // What turns into the next at full speed does so at every lower speed too.
    for (let index = referenceSpeeds.length - 1; index >= 0; index--) {
      const speed = referenceSpeeds[index]!;
      if (speed < fastest) steps = this.#joinWhereFast(speed, steps);
      if (steps > 0) this.lost[index]! += this.#lostAt(speed, steps);
    }
  }

  /**
   * Lengths of the loop's steps and how fast each can be begun: the larger axis change of the unit direction times the speed is the jerk.
   * Steps that go on at the highest speed are one.
   */
  #simplify(points: Float64Array, first: number, end: number): number {
    if (end - first > this.#lengths.length) {
      this.#lengths = new Float64Array((end - first) * 2);
      this.#entries = new Float64Array((end - first) * 2);
      this.#squares = new Float64Array((end - first) * 2 + 1);
    }
    const lengths = this.#lengths;
    const entries = this.#entries;
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
      if (turn * fastest <= referenceJerk) lengths[steps - 1]! += length;
      else {
        const most = referenceJerk / turn;
        entries[steps] = most * most;
        lengths[steps++] = length;
      }
    }
    return steps;
  }

  #lostAt(speed: number, steps: number): number {
    const most = speed * speed;
    const twice = 2 * referenceAcceleration;
    const lengths = this.#lengths;
    const entries = this.#entries;
    const squares = this.#squares;
    let next = referenceJerk * referenceJerk;
    squares[steps] = next;
    for (let at = steps - 1; at >= 0; at--) {
      squares[at] = next = Math.min(most, entries[at]!, next + twice * lengths[at]!);
    }
    let seconds = 0;
    /** Length that is not printed at full speed all along. */
    let length = 0;
    let from = squares[0]!;
    let fromSpeed = Math.sqrt(from);
    for (let at = 0; at < steps; at++) {
      const way = lengths[at]!;
      const to = Math.min(squares[at + 1]!, from + twice * way);
      if (from === most && to === most) continue;
      length += way;
      const top = Math.min(most, (from + to) / 2 + referenceAcceleration * way);
      const topSpeed = top === most ? speed : Math.sqrt(top);
      const toSpeed = to === most ? speed : Math.sqrt(to);
      const even = way - (2 * top - from - to) / twice;
      seconds += (2 * topSpeed - fromSpeed - toSpeed) / referenceAcceleration + Math.max(0, even) / topSpeed;
      from = to;
      fromSpeed = toSpeed;
    }
    return seconds - length / speed;
  }

  /** Steps that go on at full speed become one, for this speed and all lower ones. Gives how many are left. */
  #joinWhereFast(speed: number, steps: number): number {
    const lengths = this.#lengths;
    const entries = this.#entries;
    const most = speed * speed;
    let joined = 0;
    for (let step = 0; step < steps; step++) {
      if (joined === 0 || entries[step]! < most) {
        entries[joined] = entries[step]!;
        lengths[joined++] = lengths[step]!;
      } else lengths[joined - 1]! += lengths[step]!;
    }
    return joined;
  }
}

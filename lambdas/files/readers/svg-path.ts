import { flattenCubic, flattenEllipse } from '#domain/geometry/flatten.ts';

export interface SubPath {
  points: number[];
  closed: boolean;
}

const argumentsOf: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };
const mostNumbers = 2_000_000;

/**
 * The chains of a path's data (SVG 2, chapter 9). Like a browser, it stops at the first error and keeps what came before.
 * @param tolerance how far a chord may leave its curve, in the path's unit
 */
export function flattenPath(data: string, tolerance: number): SubPath[] {
  const pen = new PathPen(tolerance);
  const tokens = new PathTokens(data);
  for (let command = tokens.command(); command !== undefined; command = tokens.command()) {
    const kind = command.toUpperCase();
    const count = argumentsOf[kind]!;
    const relative = command !== kind;
    if (count === 0) {
      pen.close();
      continue;
    }
    // Numbers that follow repeat the command; those after a move are lines.
    for (let repeat = 0; ; repeat++) {
      const values = tokens.values(kind, count);
      if (!values) {
        if (repeat === 0) return pen.finish();
        break;
      }
      pen.step(kind === 'M' && repeat > 0 ? 'L' : kind, values, relative);
    }
  }
  return pen.finish();
}

class PathTokens {
  #at = 0;
  #numbers = 0;
  readonly #data: string;

  constructor(data: string) {
    this.#data = data;
  }

  command(): string | undefined {
    const letter = this.#match(/[\s,]*([MLHVCSQTAZmlhvcsqtaz])/y);
    return letter?.[1];
  }

  values(kind: string, count: number): number[] | undefined {
    const values: number[] = [];
    for (let k = 0; k < count; k++) {
      // The two flags of an arc may be written without anything between them.
      const isFlag = kind === 'A' && (k === 3 || k === 4);
      const found = this.#match(
        isFlag ? /[\s,]*([01])/y : /[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y,
      );
      if (!found || ++this.#numbers > mostNumbers) return undefined;
      values.push(Number(found[1]));
    }
    return values;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#data);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}

/** Follows path commands from point to point. */
class PathPen {
  readonly #done: SubPath[] = [];
  #points: number[] = [];
  #x = 0;
  #y = 0;
  #startX = 0;
  #startY = 0;
  /** The last control point, mirrored by S and T, and of which kind of curve it was. */
  #control: readonly [kind: 'C' | 'Q', x: number, y: number] | undefined;
  readonly #tolerance: number;

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  close(): void {
    this.#end(true);
    [this.#x, this.#y] = [this.#startX, this.#startY];
    this.#control = undefined;
  }

  finish(): SubPath[] {
    this.#end(false);
    return this.#done;
  }

  step(kind: string, values: readonly number[], relative: boolean): void {
    const [ox, oy] = relative ? [this.#x, this.#y] : [0, 0];
    const pointAt = (k: number): [number, number] => [values[k]! + ox, values[k + 1]! + oy];
    const control = this.#control;
    this.#control = undefined;
    switch (kind) {
      case 'M':
        this.#end(false);
        [this.#x, this.#y] = pointAt(0);
        [this.#startX, this.#startY] = [this.#x, this.#y];
        return;
      case 'L':
        return this.#line(...pointAt(0));
      case 'H':
        return this.#line(values[0]! + ox, this.#y);
      case 'V':
        return this.#line(this.#x, values[0]! + oy);
      case 'C':
        return this.#cubic(pointAt(0), pointAt(2), pointAt(4));
      case 'S':
        return this.#cubic(this.#mirrored(control, 'C'), pointAt(0), pointAt(2));
      case 'Q':
        return this.#quadratic(pointAt(0), pointAt(2));
      case 'T':
        return this.#quadratic(this.#mirrored(control, 'Q'), pointAt(0));
      case 'A':
        return this.#arc(values, pointAt(5));
    }
  }

  #begin(): void {
    if (this.#points.length === 0) this.#points = [this.#x, this.#y];
  }

  #line(x: number, y: number): void {
    this.#begin();
    this.#points.push(x, y);
    [this.#x, this.#y] = [x, y];
  }

  #cubic(
    [ax, ay]: readonly [number, number],
    [bx, by]: readonly [number, number],
    [x, y]: readonly [number, number],
  ): void {
    this.#begin();
    for (const value of flattenCubic([this.#x, this.#y, ax, ay, bx, by, x, y], this.#tolerance))
      this.#points.push(value);
    [this.#x, this.#y] = [x, y];
    this.#control = ['C', bx, by];
  }

  #quadratic([qx, qy]: readonly [number, number], [x, y]: readonly [number, number]): void {
    const third = (from: number, to: number) => from + ((to - from) * 2) / 3;
    this.#cubic([third(this.#x, qx), third(this.#y, qy)], [third(x, qx), third(y, qy)], [x, y]);
    this.#control = ['Q', qx, qy];
  }

  #mirrored(control: readonly [string, number, number] | undefined, kind: string): [number, number] {
    return control?.[0] === kind ? [2 * this.#x - control[1], 2 * this.#y - control[2]] : [this.#x, this.#y];
  }

  /** SVG 2, appendix B.2.4: from end points to centre. */
  #arc(values: readonly number[], [x, y]: readonly [number, number]): void {
    let rx = Math.abs(values[0]!);
    let ry = Math.abs(values[1]!);
    if (rx === 0 || ry === 0) return this.#line(x, y);
    if (x === this.#x && y === this.#y) return;
    const angle = (values[2]! * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [hx, hy] = [(this.#x - x) / 2, (this.#y - y) / 2];
    const [px, py] = [cos * hx + sin * hy, cos * hy - sin * hx];
    const grow = Math.sqrt((px * px) / (rx * rx) + (py * py) / (ry * ry));
    if (grow > 1) [rx, ry] = [rx * grow, ry * grow];
    const square = rx * rx * py * py + ry * ry * px * px;
    const share = Math.sqrt(Math.max(0, (rx * rx * ry * ry - square) / square));
    const side = values[3] === values[4] ? -share : share;
    const [qx, qy] = [(side * rx * py) / ry, (-side * ry * px) / rx];
    const from = Math.atan2((py - qy) / ry, (px - qx) / rx);
    let sweep = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - from;
    if (values[4] === 0 && sweep > 0) sweep -= 2 * Math.PI;
    if (values[4] === 1 && sweep < 0) sweep += 2 * Math.PI;
    this.#begin();
    const points = flattenEllipse(
      {
        cx: cos * qx - sin * qy + (this.#x + x) / 2,
        cy: sin * qx + cos * qy + (this.#y + y) / 2,
        major: [cos * rx, sin * rx],
        minor: [-sin * ry, cos * ry],
        from,
        to: from + sweep,
      },
      this.#tolerance,
    );
    for (const value of points.slice(2, -2)) this.#points.push(value);
    this.#points.push(x, y);
    [this.#x, this.#y] = [x, y];
  }

  #end(closed: boolean): void {
    if (this.#points.length >= 4) this.#done.push({ points: this.#points, closed });
    this.#points = [];
  }
}

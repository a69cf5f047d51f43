import type { DrawingPiece } from '#domain/geometry/drawing-piece.ts';
import { lengthOf, moved, type Affine } from '#domain/geometry/flatten.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import { formatCount } from '#domain/geometry/words.ts';

const mostPieces = 200_000;
const mostNumbers = 6_000_000;

export type PieceLook = Pick<DrawingPiece, 'layer' | 'color' | 'filled'>;

/** Takes the lines of a drawing in its own unit and keeps them in mm, within what a drawing may cost. */
export class LinePen {
  readonly pieces: DrawingPiece[] = [];
  /** Lines left out because a coordinate is not a number. */
  damaged = 0;
  #numbers = 0;
  readonly #mmPerUnit: number;

  constructor(mmPerUnit: number) {
    this.#mmPerUnit = mmPerUnit;
  }

  /**
   * @param points x0, y0, x1, y1, ... in the drawing's unit, before `matrix`
   * @param length exact length before `matrix`, kept when the matrix turns and moves only
   * @throws UnreadableFile when there are too many lines
   */
  draw(points: readonly number[], closed: boolean, look: PieceLook, matrix: Affine, length?: number): void {
    this.#numbers += points.length;
    if (this.pieces.length >= mostPieces || this.#numbers > mostNumbers)
      throw new UnreadableFile(
        'too_complex',
        `This drawing has more than ${formatCount(mostPieces)} lines or ${formatCount(mostNumbers / 2)} points, the most we can read. Export it with less detail.`,
      );
    const mm = moved(points, matrix).map((value) => value * this.#mmPerUnit);
    if (!mm.every(Number.isFinite)) {
      this.damaged++;
      return;
    }
    const line = withoutRepeats(mm, closed);
    if (line.length < 4) return;
    const stretch = Math.hypot(matrix.a, matrix.b);
    const even =
      Math.abs(Math.hypot(matrix.c, matrix.d) - stretch) < 1e-9 * stretch &&
      Math.abs(matrix.a * matrix.c + matrix.b * matrix.d) < 1e-9 * stretch * stretch;
    const chords =
      lengthOf(line) + (closed ? Math.hypot(line[0]! - line.at(-2)!, line[1]! - line.at(-1)!) : 0);
    const lengthMm = length !== undefined && even ? length * stretch * this.#mmPerUnit : chords;
    this.pieces.push({ points: line, closed, lengthMm, ...look });
  }
}

/** Points that repeat the one before are left out, of a closed line also a last one that repeats the first. */
function withoutRepeats(points: readonly number[], closed: boolean): number[] {
  const kept: number[] = [];
  for (let at = 0; at + 1 < points.length; at += 2)
    if (kept.length === 0 || points[at] !== kept.at(-2) || points[at + 1] !== kept.at(-1))
      kept.push(points[at]!, points[at + 1]!);
  if (closed && kept.length > 2 && Math.hypot(kept[0]! - kept.at(-2)!, kept[1]! - kept.at(-1)!) < 1e-9)
    kept.length -= 2;
  return kept;
}

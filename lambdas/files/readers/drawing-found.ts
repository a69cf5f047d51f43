import { measureDrawing } from '#domain/geometry/drawing.ts';
import { DrawingTooComplex } from '#domain/geometry/drawing-nesting.ts';
import type { DrawingFound } from '#domain/geometry/file-reader.ts';
import { judgeDrawing, type LeftOut } from '#domain/geometry/judge-drawing.ts';
import { UnreadableFile } from '#domain/geometry/unreadable-file.ts';
import type { LinePen } from './line-pen.ts';

/** Measures what the pen drew. @throws UnreadableFile */
export function drawingFound(
  pen: LinePen,
  unit: Pick<DrawingFound, 'unit' | 'assumedUnit'>,
  leftOut: LeftOut,
): DrawingFound {
  try {
    const drawing = measureDrawing(pen.pieces);
    const problems = judgeDrawing(drawing, [...leftOut, ['damaged line', 'damaged lines', pen.damaged]]);
    return { kind: 'drawing', ...unit, ...drawing, problems };
  } catch (error) {
    if (!(error instanceof DrawingTooComplex)) throw error;
    throw new UnreadableFile(
      'too_complex',
      'The outlines of this drawing lie in one another too often to tell parts from holes. Export it with less detail.',
    );
  }
}

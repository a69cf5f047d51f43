import { addUp } from './drawing.ts';
import { judgeDrawing } from './judge-drawing.ts';
import { verdictOf } from './judge-mesh.ts';
import type { DrawingPreview } from './preview-drawing.ts';
import type { DrawingLayer, DrawingReport, GeometryProblem } from './report.ts';

export type LayerUse = DrawingLayer['use'];

/** Problems that depend on what is done with the lines; doubts about the unit stay as the check said them. */
const byUse: readonly GeometryProblem['code'][] = ['no_lines', 'open_contours', 'duplicate_lines'];

/**
 * The report of the same drawing when its layers are used otherwise, without reading the file again: lengths and numbers of contours
 * are those of the report; areas and the box are measured on the contours of the preview, which are true to an 8000th of the
 * drawing's length (a 50th at worst, for drawings of very many points).
 * @param scale what lengths of the preview are multiplied by, since somebody chose another unit
 * @param uses one for each layer of the report
 * @throws DrawingTooComplex
 */
export function useLayers(
  report: DrawingReport,
  preview: Pick<DrawingPreview, 'contours'>,
  scale: number,
  uses: readonly LayerUse[],
): DrawingReport {
  const layers = report.layers.map((layer, at) => ({ ...layer, use: uses[at] ?? layer.use }));
  const contours = preview.contours.map(({ points, ...contour }) => ({
    ...contour,
    points: points.map((value) => value * scale),
    lengthMm: 0,
    depth: 0,
  }));
  const drawing = addUp(contours, layers);
  const lengthOf = (use: LayerUse) =>
    layers.reduce((sum, layer) => (layer.use === use ? sum + layer.lengthMm : sum), 0);
  const measures = {
    ...drawing.measures,
    cutLengthMm: lengthOf('cut'),
    engravedLengthMm: lengthOf('engrave'),
    layers,
  };
  const problems = [
    ...judgeDrawing({ ...drawing, measures }, []).filter(({ code }) => byUse.includes(code)),
    ...report.problems.filter(({ code }) => !byUse.includes(code)),
  ];
  return { ...report, ...measures, problems, verdict: verdictOf(problems) };
}

import { joinToleranceMm, type Drawing } from './drawing.ts';
import type { GeometryProblem, Place, PointMm } from './report.ts';
import { formatCount, formatCounted, formatMm } from './words.ts';

const largestExtentMm = 1_000_000;
const leastPlausibleMm = 2;
const mostPlaces = 200;

/** What a reader could not turn into lines: word for one, word for many, how many. */
export type LeftOut = readonly (readonly [one: string, many: string, count: number])[];

/** What keeps a drawing from being cut or quoted, in plain words; the worst first. */
export function judgeDrawing({ contours, measures }: Drawing, leftOut: LeftOut): GeometryProblem[] {
  const left = judgeLeftOut(leftOut);
  if (measures.pierces === 0 && measures.engravedLengthMm === 0)
    return [
      {
        code: 'no_lines',
        severity: 'refusal',
        message:
          'This drawing holds no lines to cut or engrave. ' +
          (left.length > 0
            ? 'Turn texts and blocks into outlines, '
            : 'Check that its layers are not hidden, ') +
          'then export it again.',
      },
    ];
  const extent = Math.max(...measures.boundingBoxMm.size);
  if (!Number.isFinite(extent) || extent > largestExtentMm)
    return [
      {
        code: 'extent_implausible',
        severity: 'refusal',
        message:
          `This drawing is ${Number.isFinite(extent) ? `${formatMm(extent)} mm` : 'endlessly'} long; the most we can read is ${formatCount(largestExtentMm)} mm. ` +
          'A stray point lies far away, or the unit is wrong. Clean the drawing and export it again.',
      },
    ];
  const problems: GeometryProblem[] = [];
  if (measures.openContours > 0) {
    const ends = contours
      .filter(
        ({ closed, duplicate, layer }) => !closed && !duplicate && measures.layers[layer]!.use === 'cut',
      )
      .slice(0, mostPlaces / 2)
      .flatMap(({ points }): Place[] => [[pointAt(points, 0)], [pointAt(points, points.length - 2)]]);
    const allOpen = measures.closedContours === 0;
    problems.push({
      code: 'open_contours',
      severity: allOpen ? 'repair' : 'warning',
      count: measures.openContours,
      places: ends,
      message:
        `${formatCounted(measures.openContours, 'line')} to cut ${measures.openContours === 1 ? 'does' : 'do'} not close (ends more than ${joinToleranceMm} mm apart)` +
        (allOpen
          ? ': nothing would come free of the sheet. Close the outlines in your drawing program.'
          : '. They are cut as they are; close them if a piece is meant to come free.'),
    });
  }
  if (measures.duplicateLines > 0)
    problems.push({
      code: 'duplicate_lines',
      severity: 'warning',
      count: measures.duplicateLines,
      places: contours
        .filter(({ duplicate }) => duplicate)
        .slice(0, mostPlaces)
        .map(({ points }): Place => [pointAt(points, 0), pointAt(points, points.length >= 4 ? 2 : 0)]),
      message:
        `${formatCounted(measures.duplicateLines, 'line is', 'lines are')} drawn twice in the same place. ` +
        'We count them once; remove them, or the beam burns there twice.',
    });
  if (extent < leastPlausibleMm)
    problems.push({
      code: 'units_doubt',
      severity: 'warning',
      message: `This drawing is only ${formatMm(extent)} mm long. Tell us which unit is meant.`,
    });
  return [...problems, ...left];
}

function judgeLeftOut(leftOut: LeftOut): GeometryProblem[] {
  const found = leftOut.filter(([, , count]) => count > 0);
  if (found.length === 0) return [];
  return [
    {
      code: 'left_out',
      severity: 'warning',
      count: found.reduce((sum, [, , count]) => sum + count, 0),
      message:
        `Left out, since ${found.length === 1 && found[0]![2] === 1 ? 'it has' : 'they have'} no outlines: ` +
        `${found.map(([one, many, count]) => formatCounted(count, one, many)).join(', ')}. ` +
        'Turn into outlines what is to be cut or engraved.',
    },
  ];
}

const pointAt = (points: readonly number[], at: number): PointMm => [points[at]!, points[at + 1]!, 0];

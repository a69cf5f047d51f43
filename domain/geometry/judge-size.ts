import type { BoundingBoxMm, FileUnit, GeometryProblem, LengthUnit } from './report.ts';
import { millimetresPer, unitNames } from './units.ts';
import { formatCount, formatMm } from './words.ts';

const largestExtentMm = 1_000_000;
/** What is smaller or larger is rarely made in one piece: more likely the numbers mean another unit. */
const smallestPlausibleMm = 5;
const largestPlausibleMm = 10_000;
/** Read in inches a part should be at least this long; else metres are likelier. */
const smallestInchPartMm = 12;

/** A size that can not be, or one that makes us doubt the unit that was assumed. */
export function judgeSize({ size }: BoundingBoxMm, unit: FileUnit): GeometryProblem | undefined {
  const extent = Math.max(...size);
  if (extent > largestExtentMm) {
    return {
      code: 'extent_implausible',
      severity: 'refusal',
      message:
        `This model is ${formatMm(extent)} mm long; the most we can read is ${formatCount(largestExtentMm)} mm. ` +
        'The file is damaged or in a wrong unit. Export the part again in millimetres.',
    };
  }
  const proposed = proposeUnit({ size }, unit);
  if (!proposed) return undefined;
  const short = extent <= smallestPlausibleMm;
  return {
    code: 'units_doubt',
    severity: 'warning',
    message:
      `This model is ${short ? 'only ' : ''}${formatMm(extent)} mm long when read in millimetres. The file carries no unit; ` +
      `this looks like ${unitNames[proposed]}, which would make it ${formatMm(extent * millimetresPer[proposed])} mm. Tell us which unit is meant.`,
  };
}

/** The unit that would make the size plausible, when the file's was only assumed and makes it implausible. */
export function proposeUnit(
  { size }: Pick<BoundingBoxMm, 'size'>,
  { source }: FileUnit,
): LengthUnit | undefined {
  const extent = Math.max(...size);
  if (source !== 'assumed' || extent === 0) return undefined;
  if (extent > largestPlausibleMm) return 'micron';
  if (extent > smallestPlausibleMm) return undefined;
  return extent * millimetresPer.inch >= smallestInchPartMm ? 'inch' : 'm';
}

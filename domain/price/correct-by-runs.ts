import { materialCorrection, timeCorrection, type FinishedRun } from '../estimate/run-history.ts';
import type { PrintEstimate } from '../estimate/print-estimate.ts';
import type { Measured } from './measure-part.ts';

/** So that a price can be checked by hand. */
const round = (factor: number): number => Number(factor.toFixed(4));

/** The estimate of a print, corrected by what similar runs took; the same one when none tell anything. */
export function correctByRuns(estimate: PrintEstimate, runs: readonly FinishedRun[]): PrintEstimate {
  const time = timeCorrection(runs);
  const material = materialCorrection(runs);
  if (time.runs === 0 && material.runs === 0) return estimate;
  const timeFactor = round(time.factor);
  const materialFactor = round(material.factor);
  return {
    ...estimate,
    printSeconds: Math.max(1, Math.round(estimate.printSeconds * timeFactor)),
    materialGrams: Math.max(0.01, Math.round(estimate.materialGrams * materialFactor * 100) / 100),
    learned: {
      runs: time.runs,
      timeFactor,
      materialFactor,
      words: time.runs > 0 ? time.words : material.words,
    },
  };
}

/** What one piece takes, corrected where it is a print that was estimated; all else is as it was. */
export function correctMeasured(measured: Measured, runs: readonly FinishedRun[]): Measured {
  const { making, estimate } = measured;
  if (!estimate || making?.process !== 'fdm') return measured;
  const corrected = correctByRuns(estimate, runs);
  const { printSeconds: machineSeconds, materialGrams: grams } = corrected;
  return { ...measured, making: { ...making, machineSeconds, grams }, estimate: corrected };
}

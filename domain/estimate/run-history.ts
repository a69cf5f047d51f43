/** A run that is over: what was estimated, before any correction, and what it took. */
export interface FinishedRun {
  estimatedSeconds: number;
  actualSeconds: number;
  estimatedGrams?: number;
  /** Weighed, or told by the machine. */
  actualGrams?: number;
}

/** What past runs say of a machine with a material. */
export interface RunCorrection {
  /** Multiply the estimate by this. */
  factor: number;
  /** Half of the runs were within this of the corrected estimate; absent when too few tell. */
  spreadPercent?: number;
  runs: number;
  /** For people, for example `based on 7 similar runs, ±9 %`. */
  words: string;
}

/** So many runs count as much as the estimate itself. */
const trustInEstimate = 3;
const fewestForSpread = 4;
/** A run this far off was another part, a pause or a clock: it says nothing of the machine. */
const mostOff = 4;
const latest = 50;

/**
 * Learns how a machine with a material differs from its estimates: the median of actual over estimated time, drawn towards 1
 * while runs are few (n runs weigh n / (n + 3)).
 * @param runs of one machine with one material, oldest first; the latest 50 count
 */
export function timeCorrection(runs: readonly FinishedRun[]): RunCorrection {
  return correctionFrom(runs.map(({ actualSeconds, estimatedSeconds }) => actualSeconds / estimatedSeconds));
}

/** The same for material; runs whose plastic nobody measured are left out. */
export function materialCorrection(runs: readonly FinishedRun[]): RunCorrection {
  return correctionFrom(
    runs.map(({ actualGrams = Number.NaN, estimatedGrams = Number.NaN }) => actualGrams / estimatedGrams),
  );
}

function correctionFrom(all: readonly number[]): RunCorrection {
  const ratios = all.filter((ratio) => ratio > 1 / mostOff && ratio < mostOff).slice(-latest);
  const runs = ratios.length;
  if (runs === 0) return { factor: 1, runs, words: 'no similar run yet' };
  const weight = runs / (runs + trustInEstimate);
  const factor = Math.exp(weight * median(ratios.map(Math.log)));
  const based = `based on ${runs} similar ${runs === 1 ? 'run' : 'runs'}`;
  if (runs < fewestForSpread) return { factor, runs, words: based };
  const spreadPercent = Math.max(
    1,
    Math.round(median(ratios.map((ratio) => Math.abs(ratio / factor - 1))) * 100),
  );
  return { factor, spreadPercent, runs, words: `${based}, ±${spreadPercent} %` };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

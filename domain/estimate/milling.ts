import { notNegative, positive } from './amounts.ts';

export interface MillingSettings {
  /** Material removed while roughing. */
  removedMm3PerSecond: number;
  /** Surface finished. */
  finishedMm2PerSecond: number;
  setups: number;
  secondsPerSetup: number;
  toolChanges: number;
  secondsPerToolChange: number;
  /** Added to the part's box on every side, mm. */
  stockAllowanceMm: number;
  densityGPerCm3: number;
}

export interface MillingEstimate {
  /** Of one part: roughing, finishing and tool changes. */
  secondsPerPart: number;
  /** Once per order: clamping, zeroing. */
  setupSeconds: number;
  stockGrams: number;
  removedMm3: number;
}

/**
 * CNC from solid stock: (stock - part) / removal rate + surface / finishing rate + tool changes, and setups once. Stock is the
 * bounding box with an allowance on every side.
 * @returns undefined when a measure or setting is not possible
 */
export function estimateMilling(
  {
    volumeMm3,
    areaMm2,
    boxMm,
  }: { volumeMm3: number; areaMm2: number; boxMm: readonly [number, number, number] },
  settings: MillingSettings,
): MillingEstimate | undefined {
  const { removedMm3PerSecond, finishedMm2PerSecond, setups, secondsPerSetup, toolChanges } = settings;
  const { secondsPerToolChange, stockAllowanceMm, densityGPerCm3 } = settings;
  if (!positive(volumeMm3, areaMm2, ...boxMm, removedMm3PerSecond, finishedMm2PerSecond, densityGPerCm3))
    return undefined;
  if (!notNegative(setups, secondsPerSetup, toolChanges, secondsPerToolChange, stockAllowanceMm))
    return undefined;
  const stockMm3 = boxMm.reduce((product, length) => product * (length + 2 * stockAllowanceMm), 1);
  const removedMm3 = Math.max(0, stockMm3 - volumeMm3);
  return {
    secondsPerPart:
      removedMm3 / removedMm3PerSecond + areaMm2 / finishedMm2PerSecond + toolChanges * secondsPerToolChange,
    setupSeconds: setups * secondsPerSetup,
    stockGrams: (stockMm3 / 1000) * densityGPerCm3,
    removedMm3,
  };
}

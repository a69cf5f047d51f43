import { notNegative, positive } from './amounts.ts';

export interface PowderSettings {
  /** x, y, z, mm. */
  chamberMm: readonly [number, number, number];
  layerMm: number;
  secondsPerLayer: number;
  /** Part of the chamber's volume that bodies fill, percent; 6 to 12 is usual. */
  packingPercent: number;
  /** Room kept free round each part, mm. */
  gapMm: number;
  /** Cool-down of a full chamber, s; a build takes the share of its height. */
  coolDownSeconds: number;
  /** Density of the sintered part. */
  densityGPerCm3: number;
  /** Density of the loose powder. */
  powderGPerCm3: number;
  /** Unsintered powder that has to be replaced by new, percent. */
  refreshPercent: number;
}

export interface PowderEstimate {
  /** The part's share of build and cool-down, s. */
  seconds: number;
  /** Of a full chamber, 0 to 1 and above for several builds. */
  chamberShare: number;
  /** New powder: sintered and refreshed. */
  powderGrams: number;
}

/**
 * SLS and MJF: a part pays for the room it takes. Its share of the chamber is its box with the gap, or its volume at the usual packing
 * where that is less (parts nest); time is that share of a full build with its cool-down; powder is what is sintered and the refreshed share of
 * what lies round it.
 * @returns undefined when a measure or setting is not possible, or the part does not fit the chamber
 */
export function estimatePowderBed(
  { volumeMm3, boxMm }: { volumeMm3: number; boxMm: readonly [number, number, number] },
  settings: PowderSettings,
  pieces = 1,
): PowderEstimate | undefined {
  const { chamberMm, layerMm, secondsPerLayer, packingPercent, gapMm, coolDownSeconds } = settings;
  const { densityGPerCm3, powderGPerCm3, refreshPercent } = settings;
  if (!positive(volumeMm3, ...boxMm, ...chamberMm, layerMm, secondsPerLayer, packingPercent, pieces))
    return undefined;
  if (!notNegative(gapMm, coolDownSeconds, densityGPerCm3, powderGPerCm3, refreshPercent)) return undefined;
  const ascending = (lengths: readonly number[]) => [...lengths].sort((a, b) => a - b);
  const room = ascending(chamberMm);
  if (!ascending(boxMm).every((length, axis) => length <= room[axis]!)) return undefined;
  const chamber = chamberMm[0] * chamberMm[1] * chamberMm[2];
  const packed = (volumeMm3 / packingPercent) * 100;
  const boxed = boxMm.reduce((product, length) => product * (length + gapMm), 1);
  const taken = Math.min(boxed, Math.max(packed, volumeMm3)) * pieces;
  const chamberShare = taken / chamber;
  const fullBuild = (chamberMm[2] / layerMm) * secondsPerLayer + coolDownSeconds;
  const loose = Math.max(0, taken - volumeMm3 * pieces);
  return {
    seconds: chamberShare * fullBuild,
    chamberShare,
    powderGrams:
      (volumeMm3 * pieces * densityGPerCm3 + (loose * powderGPerCm3 * refreshPercent) / 100) / 1000,
  };
}

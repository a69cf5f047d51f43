import { notNegative, positive } from './amounts.ts';

export interface LaserSettings {
  /** For this material and thickness. */
  cutMmPerSecond: number;
  secondsPerPierce: number;
  engravedMm2PerSecond: number;
  /** x, y, mm. */
  sheetMm: readonly [number, number];
  /** Of a sheet that becomes parts when they are nested; 70 to 85 is usual. */
  yieldPercent: number;
  /** Loading and unloading a sheet. */
  secondsPerSheet: number;
}

export interface LaserEstimate {
  seconds: number;
  /** Sheets used, a part of one where others share it. */
  sheets: number;
  sheetMm2: number;
}

/**
 * Laser: cut length / speed + pierces + engraved area / rate + handling per sheet; sheets by the parts' boxes at the usual yield.
 * @returns undefined when a measure or setting is not possible, or the part is larger than a sheet
 */
export function estimateLaserCut(
  drawing: { cutLengthMm: number; pierces: number; engravedMm2: number; boxMm: readonly [number, number] },
  settings: LaserSettings,
  pieces = 1,
): LaserEstimate | undefined {
  const { cutLengthMm, pierces, engravedMm2, boxMm } = drawing;
  const { cutMmPerSecond, secondsPerPierce, engravedMm2PerSecond, sheetMm, yieldPercent, secondsPerSheet } =
    settings;
  if (!positive(...boxMm, cutMmPerSecond, engravedMm2PerSecond, ...sheetMm, yieldPercent, pieces))
    return undefined;
  if (
    !notNegative(cutLengthMm, pierces, engravedMm2, secondsPerPierce, secondsPerSheet) ||
    yieldPercent > 100
  )
    return undefined;
  const longer = Math.max(...boxMm) > Math.max(...sheetMm);
  if (longer || Math.min(...boxMm) > Math.min(...sheetMm)) return undefined;
  const sheet = sheetMm[0] * sheetMm[1];
  const usable = (sheet * yieldPercent) / 100;
  // A part that fills more of a sheet than nesting would leaves no room for another.
  const perPart = Math.min(1, (boxMm[0] * boxMm[1]) / usable);
  const sheets = perPart * pieces;
  const each = cutLengthMm / cutMmPerSecond + pierces * secondsPerPierce + engravedMm2 / engravedMm2PerSecond;
  return { seconds: each * pieces + sheets * secondsPerSheet, sheets, sheetMm2: sheets * sheet };
}

import { notNegative, positive } from './amounts.ts';

export interface CastingSettings {
  /** Of the alloy as the supplier states it. */
  densityGPerCm3: number;
  /** Sprues, buttons and what is filed off, percent of the piece; 8 to 20 is usual. */
  lossPercent: number;
  /** Fine metal in the alloy, 0 to 1: 0.585 for 14 k gold. */
  purity: number;
}

export interface CastingEstimate {
  /** The piece as it leaves the shop, before polishing. */
  pieceGrams: number;
  /** What has to be melted. */
  castGrams: number;
  /** Fine metal in what is melted. */
  fineGrams: number;
}

/**
 * Casting: CAD volume x the alloy's density x (1 + sprue and loss).
 * @returns undefined when a measure or setting is not possible
 */
export function estimateCasting(
  volumeMm3: number,
  settings: CastingSettings,
  pieces = 1,
): CastingEstimate | undefined {
  const { densityGPerCm3, lossPercent, purity } = settings;
  if (!positive(volumeMm3, densityGPerCm3, purity, pieces) || !notNegative(lossPercent) || purity > 1)
    return undefined;
  const pieceGrams = (volumeMm3 / 1000) * densityGPerCm3 * pieces;
  return withLoss(pieceGrams, lossPercent, purity);
}

/**
 * Casting from a wax: grams of wax x the alloy's specific gravity (wax counts as 1) x (1 + sprue and loss).
 * @returns undefined when a measure or setting is not possible
 */
export function estimateCastingFromWax(
  waxGrams: number,
  settings: CastingSettings,
): CastingEstimate | undefined {
  return estimateCasting(waxGrams * 1000, settings);
}

function withLoss(pieceGrams: number, lossPercent: number, purity: number): CastingEstimate {
  const castGrams = pieceGrams * (1 + lossPercent / 100);
  return { pieceGrams, castGrams, fineGrams: castGrams * purity };
}

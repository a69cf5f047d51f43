import type { MeshMeasures } from '#domain/geometry/report.ts';

/** How a machine prints, as far as the first estimate knows it. */
export interface FdmPrintSettings {
  layerHeightMm: number;
  /** Thickness of solid plastic that stands for walls, top and bottom. */
  wallEquivalentMm: number;
  infillPercent: number;
  /** Plastic laid down per second while printing, averaged over the part. */
  flowMm3PerSecond: number;
  /** Time per layer that does not depend on its plastic: travel, corners, cooling. */
  secondsPerLayer: number;
  densityGPerCm3: number;
}

/** How an estimated print lies, and why. */
export interface PrintOrientation {
  turned: boolean;
  rotationDegrees: readonly [number, number];
  /** For people, for example `turned by 180° about x: lies on its largest flat side, saves 38 min and 12 g of supports`. */
  words: string;
}

export interface PrintEstimate {
  printSeconds: number;
  materialGrams: number;
  layers: number;
  /** From volume and area alone, or from the layers the part is cut into. */
  method: 'shell-infill-linear-1' | 'layer-sweep-1';
  /** Nine of ten prints that the constants were not fitted to took this much more or less time at most. */
  spreadPercent: number;
  reliable: boolean;
  /** Why the estimate is not reliable, in plain words. */
  why?: string;
  /** How it lies; of an estimate without layers nobody knows. */
  orientation?: PrintOrientation;
  /** How finished runs have changed it. */
  learned?: {
    /** That tell of the time. */
    runs: number;
    timeFactor: number;
    materialFactor: number;
    /** For people, for example `based on 7 similar runs, ±9 %`. */
    words: string;
  };
}

/**
 * Fitted to slicer times of 26 prints (13 parts, 0.2 and 0.3 mm layers, 15 % infill, PLA, no supports). With each part left out
 * of the fit in turn the mean error is 15 %, nine of ten are within 39 %. The flow goes with the layer height: 16 mm2/s x height.
 */
export const calibratedFdm = {
  layerHeightMm: 0.2,
  wallEquivalentMm: 0.86,
  infillPercent: 15,
  flowMm3PerSecond: 3.2,
  secondsPerLayer: 7.6,
} as const;

const spreadPercent = 40;
const leastMeanWallMm = 0.5;
const leastGrams = 0.5;

/**
 * Estimates time and material of one FDM print from volume, area and height alone, without supports. Seconds are whole and
 * grams have two decimals, so that a price can be checked by hand.
 * @returns undefined when a measure or setting is not a finite number above 0 (infill may be 0), which no print can have
 */
export function estimateFdmPrint(
  { volumeMm3, areaMm2, boundingBoxMm }: Pick<MeshMeasures, 'volumeMm3' | 'areaMm2' | 'boundingBoxMm'>,
  settings: FdmPrintSettings,
): PrintEstimate | undefined {
  const heightMm = boundingBoxMm.size[2];
  const { infillPercent } = settings;
  const positive = [
    volumeMm3,
    areaMm2,
    heightMm,
    settings.layerHeightMm,
    settings.wallEquivalentMm,
    settings.flowMm3PerSecond,
    settings.secondsPerLayer,
    settings.densityGPerCm3,
  ];
  if (!positive.every((value) => Number.isFinite(value) && value > 0)) return undefined;
  if (!(infillPercent >= 0 && infillPercent <= 100)) return undefined;

  const shellMm3 = Math.min(areaMm2 * settings.wallEquivalentMm, volumeMm3);
  const plasticMm3 = shellMm3 + (infillPercent / 100) * (volumeMm3 - shellMm3);
  // A height of 20 mm stored as 20.000001 has no further layer.
  const layers = Math.max(1, Math.ceil(heightMm / settings.layerHeightMm - 1e-3));
  const grams = (plasticMm3 / 1000) * settings.densityGPerCm3;
  const seconds = plasticMm3 / settings.flowMm3PerSecond + layers * settings.secondsPerLayer;
  if (!Number.isFinite(seconds) || !Number.isFinite(grams)) return undefined;
  const why = doubt((2 * volumeMm3) / areaMm2, grams);
  return {
    printSeconds: Math.max(1, Math.round(seconds)),
    materialGrams: Math.max(0.01, Math.round(grams * 100) / 100),
    layers,
    method: 'shell-infill-linear-1',
    spreadPercent,
    reliable: why === undefined,
    ...(why !== undefined && { why }),
  };
}

/** Why an estimate of such a part can not be relied on, in plain words. */
export function doubt(meanWallMm: number, grams: number): string | undefined {
  if (meanWallMm < leastMeanWallMm) {
    return `The walls are ${meanWallMm.toFixed(2)} mm thick on average; below ${leastMeanWallMm} mm an estimate can be wrong by a factor of 3.`;
  }
  if (grams < leastGrams) {
    return `The part weighs about ${grams.toFixed(2)} g; below ${leastGrams} g an estimate can be wrong by a factor of 3.`;
  }
  return undefined;
}

import { positive } from './amounts.ts';

/** How a resin machine exposes. A laser draws every layer, so time grows with its area; a screen exposes all of it at once. */
export type ResinExposure =
  | { kind: 'screen'; secondsPerLayer: number }
  | { kind: 'laser'; secondsPerLayer: number; drawnMm2PerSecond: number };

export interface ResinSettings {
  layerMm: number;
  exposure: ResinExposure;
  /** The first layers stick to the plate by a longer exposure. */
  bottomLayers: number;
  bottomSecondsPerLayer: number;
  densityGPerMl: number;
  /** Supports, of the part's volume; usually 10 to 30. */
  supportPercent: number;
}

export interface ResinEstimate {
  seconds: number;
  resinMl: number;
  grams: number;
  layers: number;
}

/**
 * Resin by layers: time = layers x seconds (+ area / drawing rate for a laser), resin = volume x (1 + supports).
 * @param pieces on one plate; a screen prints them in the time of one
 * @returns undefined when a measure or setting is not a finite number above 0
 */
export function estimateResin(
  { volumeMm3, heightMm }: { volumeMm3: number; heightMm: number },
  settings: ResinSettings,
  pieces = 1,
): ResinEstimate | undefined {
  const { layerMm, exposure, densityGPerMl, supportPercent, bottomLayers, bottomSecondsPerLayer } = settings;
  const rate = exposure.kind === 'laser' ? exposure.drawnMm2PerSecond : 1;
  if (!positive(volumeMm3, heightMm, layerMm, exposure.secondsPerLayer, rate, densityGPerMl, pieces))
    return undefined;
  if (!(supportPercent >= 0 && bottomLayers >= 0 && bottomSecondsPerLayer >= 0)) return undefined;
  const layers = Math.max(1, Math.ceil(heightMm / layerMm - 1e-3));
  const resinMm3 = volumeMm3 * (1 + supportPercent / 100) * pieces;
  const bottom = Math.min(layers, bottomLayers);
  // Drawn area over all layers is the volume over the layer's height.
  const drawing = exposure.kind === 'laser' ? resinMm3 / layerMm / rate : 0;
  const seconds = bottom * bottomSecondsPerLayer + (layers - bottom) * exposure.secondsPerLayer + drawing;
  return { seconds, resinMl: resinMm3 / 1000, grams: (resinMm3 / 1000) * densityGPerMl, layers };
}

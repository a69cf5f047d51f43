import { estimateLayers, type FeatureCost, type PrintFeature } from './layer-estimate.ts';
import type { LayerTable } from './layer-table.ts';
import { doubt, type PrintEstimate } from './print-estimate.ts';
import type { PrintSettings } from './print-settings.ts';

/** An estimate with what each feature of the print takes. */
export interface SweepEstimate extends PrintEstimate {
  features: Record<PrintFeature, FeatureCost>;
}

/** Nine of ten prints held out of the fit were at most so far off (tests/bench/estimate.ts), without and with supports. */
const spreadPercent = 12;
const spreadWithSupportsPercent = 14;
/** A table of another layer height, or one with several layers in a row, tells less. */
const spreadOfAdaptedPercent = 5;
const mostOverlapShare = 0.02;

/**
 * Time and material of one print from its layers. Seconds are whole and grams have two decimals, so that a price can be checked
 * by hand.
 * @param table from `layerTable`
 * @returns undefined when the settings are not those of a print
 */
export function estimateFromLayers(table: LayerTable, settings: PrintSettings): SweepEstimate | undefined {
  if (!isPossible(settings)) return undefined;
  const { seconds, grams, features } = estimateLayers(table, settings);
  if (!(Number.isFinite(seconds) && Number.isFinite(grams) && seconds > 0 && grams > 0)) return undefined;
  const adapted = Math.abs(table.structure.layerMm - settings.layerMm) > 1e-6;
  const why = doubtOf(table, grams);
  return {
    printSeconds: Math.max(1, Math.round(seconds)),
    materialGrams: Math.max(0.01, Math.round(grams * 100) / 100),
    layers: adapted
      ? Math.max(1, Math.round((table.layers * table.structure.layerMm) / settings.layerMm))
      : table.layers,
    method: 'layer-sweep-1',
    spreadPercent:
      (settings.supports === 'none' ? spreadPercent : spreadWithSupportsPercent) +
      (adapted || table.layersPerRow > 1 ? spreadOfAdaptedPercent : 0),
    reliable: why === undefined,
    ...(why !== undefined && { why }),
    features,
  };
}

function isPossible(settings: PrintSettings): boolean {
  const { infillPercent, skirts, skirtDistanceMm, brimMm, perimeters, topLayers, bottomLayers } = settings;
  const positive = [
    settings.firstLayerMm,
    settings.layerMm,
    settings.lineWidthMm,
    settings.outerSpeed,
    settings.innerSpeed,
    settings.smallLoopSpeed,
    settings.infillSpeed,
    settings.solidSpeed,
    settings.topSpeed,
    settings.bridgeSpeed,
    settings.supportSpeed,
    settings.firstLayerSpeed,
    settings.wallAcceleration,
    settings.infillAcceleration,
    settings.firstLayerAcceleration,
    settings.jerk,
    settings.supportSpacingMm,
    settings.coolingLeastSpeed,
    settings.densityGPerCm3,
  ];
  const others = [infillPercent, skirts, skirtDistanceMm, brimMm, perimeters, topLayers, bottomLayers];
  return (
    positive.every((value) => Number.isFinite(value) && value > 0) &&
    others.every((value) => Number.isFinite(value) && value >= 0) &&
    infillPercent <= 100
  );
}

function doubtOf(
  { volumeMm3, areaMm2, overlapShare, openLoops, layers }: LayerTable,
  grams: number,
): string | undefined {
  if (openLoops > layers * 0.01) {
    return 'The surface has holes, so some layers do not close; what is inside is a guess. Repair the file first.';
  }
  if (overlapShare > mostOverlapShare) {
    return `Bodies in this file overlap (by ${(overlapShare * 100).toFixed(0)} % of their layers), and the walls inside are counted too. Join them into one.`;
  }
  return doubt((2 * volumeMm3) / areaMm2, grams);
}

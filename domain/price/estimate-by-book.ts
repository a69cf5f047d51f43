import type { LayerTable, PrintStructure } from '#domain/estimate/layer-table.ts';
import { calibratedFdm, estimateFdmPrint, type PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { standardSettings, type PrintSettings } from '#domain/estimate/print-settings.ts';
import { estimateFromLayers } from '#domain/estimate/sweep-estimate.ts';
import type { BodyMeasures } from '#domain/geometry/report.ts';
import type { PriceBook } from './price-book.ts';

type BookSettings = Pick<
  PriceBook,
  'layerHeightMm' | 'wallEquivalentMm' | 'infillPercent' | 'flowMm3PerSecond' | 'secondsPerLayer'
>;

/** Walls, mm, that one line stands for. */
const wallPerLineMm = calibratedFdm.wallEquivalentMm / standardSettings.perimeters;
const flowPerLayerMm = calibratedFdm.flowMm3PerSecond / calibratedFdm.layerHeightMm;

/** How a part is cut into layers for a price book. */
export function structureByBook({ layerHeightMm, wallEquivalentMm }: BookSettings): PrintStructure {
  const solid = (layers: number) =>
    Math.max(2, Math.round((layers * standardSettings.layerMm) / layerHeightMm));
  return {
    firstLayerMm: layerHeightMm,
    layerMm: layerHeightMm,
    lineWidthMm: Math.max(standardSettings.lineWidthMm, layerHeightMm * 1.2),
    perimeters: Math.max(1, Math.round(wallEquivalentMm / wallPerLineMm)),
    topLayers: solid(standardSettings.topLayers),
    bottomLayers: solid(standardSettings.bottomLayers),
    overhangDegrees: standardSettings.overhangDegrees,
    solidBelowMm2: standardSettings.solidBelowMm2,
  };
}

/** The machine of a price book: the standard one, faster or slower by the book's flow. */
export function settingsByBook(book: BookSettings, densityGPerCm3: number): PrintSettings {
  const faster = book.flowMm3PerSecond / (flowPerLayerMm * book.layerHeightMm);
  const settings: PrintSettings = {
    ...standardSettings,
    ...structureByBook(book),
    infillPercent: book.infillPercent,
    densityGPerCm3,
  };
  const speeds = [
    'outerSpeed',
    'innerSpeed',
    'smallLoopSpeed',
    'infillSpeed',
    'solidSpeed',
    'topSpeed',
    'bridgeSpeed',
    'supportSpeed',
    'firstLayerSpeed',
    'jerk',
    'mostFlowMm3PerSecond',
  ] as const;
  for (const name of speeds) settings[name] *= faster;
  for (const name of ['wallAcceleration', 'infillAcceleration', 'firstLayerAcceleration'] as const) {
    settings[name] *= faster ** 2;
  }
  return settings;
}

/**
 * What printing a part takes with a book's settings: from its layers when they are known, else from its volume and area.
 * @returns undefined when no print can have these measures or settings
 */
export function estimateByBook(
  book: BookSettings,
  densityGPerCm3: number,
  measures: BodyMeasures,
  layers?: LayerTable,
): PrintEstimate | undefined {
  const swept = layers && estimateFromLayers(layers, settingsByBook(book, densityGPerCm3));
  if (!swept) return estimateFdmPrint(measures, { ...book, densityGPerCm3 });
  const { features: _, ...estimate } = swept;
  const slower = (book.secondsPerLayer - calibratedFdm.secondsPerLayer) * estimate.layers;
  return { ...estimate, printSeconds: Math.max(1, Math.round(estimate.printSeconds + slower)) };
}

import type { PrintStructure } from '#domain/estimate/layer-table.ts';
import { estimateOriented, type FileLayers, type OrientationWish } from '#domain/estimate/orientation.ts';
import { calibratedFdm, estimateFdmPrint, type PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { standardSettings, type PrintSettings, type SupportChoice } from '#domain/estimate/print-settings.ts';
import type { BodyMeasures } from '#domain/geometry/report.ts';
import { machineFor, type MachineProfile, type PriceBook } from './price-book.ts';

type BookSettings = Pick<
  PriceBook,
  | 'layerHeightMm'
  | 'wallEquivalentMm'
  | 'infillPercent'
  | 'flowMm3PerSecond'
  | 'secondsPerLayer'
  | 'supports'
  | 'machines'
>;

/** What somebody chose for a line. */
export interface PrintChoice extends OrientationWish {
  /** Of the price book; the first filament printer without. */
  machineId?: string | undefined;
  supports?: SupportChoice | undefined;
  infillPercent?: number | undefined;
}

/** Walls, mm, that one line stands for. */
const wallPerLineMm = calibratedFdm.wallEquivalentMm / standardSettings.perimeters;
const flowPerLayerMm = calibratedFdm.flowMm3PerSecond / calibratedFdm.layerHeightMm;

const profileOf = (book: BookSettings, machineId?: string): MachineProfile | undefined =>
  machineFor(book, 'fdm', machineId)?.profile;

/** How densely a part is filled when nobody chooses, percent: as the first printer's profile has it, else by the book. */
export const usualInfill = (book: BookSettings): number =>
  profileOf(book)?.settings.infillPercent ?? book.infillPercent;

/** How a part is cut into layers for a price book: as the first printer's profile has it, else by the book's own figures. */
export function structureByBook(book: BookSettings): PrintStructure {
  const profile = profileOf(book);
  if (!profile) return structureByFigures(book);
  const { firstLayerMm, layerMm, lineWidthMm, perimeters, topLayers, bottomLayers } = profile.settings;
  const { overhangDegrees, solidBelowMm2 } = profile.settings;
  return {
    firstLayerMm,
    layerMm,
    lineWidthMm,
    perimeters,
    topLayers,
    bottomLayers,
    overhangDegrees,
    solidBelowMm2,
  };
}

function structureByFigures({ layerHeightMm, wallEquivalentMm }: BookSettings): PrintStructure {
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

/** A machine of a price book as its profile has it, else the standard one, faster or slower by the book's flow. */
export function settingsByBook(
  book: BookSettings,
  densityGPerCm3: number,
  { machineId, supports, infillPercent }: PrintChoice = {},
): PrintSettings {
  const profile = profileOf(book, machineId);
  const settings = profile?.settings ?? settingsByFigures(book);
  const isStated = profile && !profile.defaults.some(({ setting }) => setting === 'supports');
  const usual = isStated ? profile.settings.supports : (book.supports ?? 'none');
  return {
    ...settings,
    densityGPerCm3,
    supports: supports ?? usual,
    infillPercent: infillPercent ?? settings.infillPercent,
  };
}

function settingsByFigures(book: BookSettings): PrintSettings {
  const faster = book.flowMm3PerSecond / (flowPerLayerMm * book.layerHeightMm);
  const settings: PrintSettings = {
    ...standardSettings,
    ...structureByFigures(book),
    infillPercent: book.infillPercent,
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
 * What printing a part takes with a book's settings: from its layers when they are known, in the way it is to lie, else from its volume
 * and area.
 * @returns undefined when no print can have these measures or settings
 */
export function estimateByBook(
  book: BookSettings,
  densityGPerCm3: number,
  measures: BodyMeasures,
  layers?: FileLayers,
  choice: PrintChoice = {},
): PrintEstimate | undefined {
  const settings = settingsByBook(book, densityGPerCm3, choice);
  const swept = layers && estimateOriented(layers, settings, choice);
  const profile = profileOf(book, choice.machineId);
  if (!swept) {
    const figures = { ...book, ...(profile && figuresOf(profile)), densityGPerCm3 };
    const { infillPercent = figures.infillPercent } = choice;
    return estimateFdmPrint(measures, { ...figures, infillPercent });
  }
  const { features: _, ...estimate } = swept;
  if (profile) return estimate;
  const slower = (book.secondsPerLayer - calibratedFdm.secondsPerLayer) * estimate.layers;
  return { ...estimate, printSeconds: Math.max(1, Math.round(estimate.printSeconds + slower)) };
}

/** A profile as the few figures that an estimate without layers knows. */
function figuresOf({ settings: { layerMm, perimeters, infillPercent } }: MachineProfile) {
  return {
    layerHeightMm: layerMm,
    wallEquivalentMm: Math.max(1, perimeters) * wallPerLineMm,
    infillPercent,
    flowMm3PerSecond: flowPerLayerMm * layerMm,
    secondsPerLayer: calibratedFdm.secondsPerLayer,
  };
}

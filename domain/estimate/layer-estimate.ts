import { referenceAcceleration, referenceJerk, referenceSpeeds } from './corner-losses.ts';
import {
  layerColumns,
  lineSpacing,
  wallDepth,
  type LayerColumn,
  type LayerTable,
  type PrintStructure,
} from './layer-table.ts';
import type { PrintSettings } from './print-settings.ts';

/** What a feature of the print takes. */
export interface FeatureCost {
  seconds: number;
  grams: number;
}

export type PrintFeature = 'perimeters' | 'infill' | 'solid' | 'supports' | 'skirt' | 'travel' | 'cooling';

/** Figures that no setting tells; fitted to slices by PrusaSlicer (`npm run bench -- estimate --fit`). */
export interface EstimateConstants {
  /** Seconds to go to a loop and begin it: travel, retraction, lift. */
  loopSeconds: number;
  layerSeconds: number;
  /** Seconds at the end of a line of infill. */
  turnSeconds: number;
  /** From this width on, mm, solid fill goes to and fro; narrower fill runs along itself the more the narrower it is. */
  wideFillMm: number;
  /** Corrections of the lengths that the layers give. */
  walls: number;
  solid: number;
  sparse: number;
  corners: number;
  /** Of the lengths that area and edge of the support give: what is laid. */
  supportFill: number;
  supportEdge: number;
  supportInterface: number;
  /** Seconds per metre of support beyond its length at full speed: turns, travel. */
  supportSecondsPerMetre: number;
  supportLayerSeconds: number;
}

export const fittedConstants: EstimateConstants = {
  loopSeconds: 0.0646,
  layerSeconds: 1.68,
  turnSeconds: 0.0653,
  wideFillMm: 3.27,
  walls: 1.07,
  solid: 1.02,
  sparse: 1.4,
  corners: 1.06,
  supportFill: 0.614,
  supportEdge: 0.986,
  supportInterface: 1.35,
  supportSecondsPerMetre: 8.45,
  supportLayerSeconds: 1.87,
};

export interface LayerEstimate {
  seconds: number;
  grams: number;
  features: Record<PrintFeature, FeatureCost>;
}

type Row = Record<LayerColumn, number>;

/**
 * Time and material of one print from its layers: every line at its speed, slowed by corners, turns, the nozzle's flow and cooling.
 * @param settings may differ from the table's structure in everything but the mesh; another layer height is scaled
 */
export function estimateLayers(
  table: LayerTable,
  settings: PrintSettings,
  constants: EstimateConstants = fittedConstants,
): LayerEstimate {
  const features = Object.fromEntries(
    (['perimeters', 'infill', 'solid', 'supports', 'skirt', 'travel', 'cooling'] as const).map((name) => [
      name,
      { seconds: 0, grams: 0 },
    ]),
  ) as LayerEstimate['features'];
  const rowCount = table.rows.outlineMm.length;
  const row = {} as Row;
  const stretch = table.structure.layerMm / settings.layerMm;
  for (let index = 0; index < rowCount; index++) {
    const inRow = Math.min(table.layersPerRow, table.layers - index * table.layersPerRow);
    for (const name of layerColumns) row[name] = table.rows[name][index]! / inRow;
    adaptRow(row, table.structure, settings);
    const first = index === 0 && table.layersPerRow === 1;
    addLayer(
      features,
      row,
      settings,
      constants,
      first,
      first ? 1 : inRow * stretch,
      first ? skirtLength(table, settings) : 0,
    );
  }
  let seconds = 0;
  let grams = 0;
  for (const feature of Object.values(features)) {
    seconds += feature.seconds;
    grams += feature.grams;
  }
  return { seconds, grams, features };
}

/** Brings a row to other walls, or other solid layers, than the table was made for. */
function adaptRow(row: Row, from: PrintStructure, to: PrintStructure): void {
  const innerOutline = Math.max(0, row.outlineMm - 2 * Math.PI * wallDepth(from) * row.roundness);
  const share = row.interiorMm2 > 0 ? row.solidMm2 / row.interiorMm2 : 0;
  const deeper = wallDepth(to) - wallDepth(from);
  row.interiorMm2 = Math.min(row.areaMm2, Math.max(0, row.interiorMm2 - deeper * innerOutline));
  const thickness = ({ topLayers, bottomLayers, layerMm }: PrintStructure) =>
    (topLayers + bottomLayers) * layerMm;
  const thicker = thickness(from) > 0 ? thickness(to) / thickness(from) : 1;
  row.solidMm2 = row.interiorMm2 * Math.min(1, share * thicker);
}

function skirtLength(
  { sizeMm }: LayerTable,
  { skirts, skirtDistanceMm, brimMm, lineWidthMm }: PrintSettings,
): number {
  const round = (distance: number) => 2 * (sizeMm[0] + sizeMm[1]) + 2 * Math.PI * distance;
  let length = 0;
  for (let skirt = 0; skirt < skirts; skirt++)
    length += round(skirtDistanceMm + brimMm + skirt * lineWidthMm);
  for (let line = 0; line < Math.round(brimMm / lineWidthMm); line++)
    length += round((line + 0.5) * lineWidthMm);
  return length;
}

function addLayer(
  features: LayerEstimate['features'],
  row: Row,
  settings: PrintSettings,
  constants: EstimateConstants,
  first: boolean,
  layers: number,
  skirtMm: number,
): void {
  const height = first ? settings.firstLayerMm : settings.layerMm;
  const spacing = lineSpacing(settings.lineWidthMm, height);
  const flowLimit =
    settings.mostFlowMm3PerSecond > 0 ? settings.mostFlowMm3PerSecond / (spacing * height) : Infinity;
  const limited = (speed: number) => Math.min(first ? settings.firstLayerSpeed : speed, flowLimit);
  const wallAcceleration = first ? settings.firstLayerAcceleration : settings.wallAcceleration;
  const infillAcceleration = first ? settings.firstLayerAcceleration : settings.infillAcceleration;

  // Walls: what the outlines ask for, but no more than the plastic that fits between them and the interior.
  const { perimeters, lineWidthMm } = settings;
  const depthOf = (line: number) => lineWidthMm / 2 + line * spacing;
  const ideal = (line: number) => Math.max(0, row.outlineMm - 2 * Math.PI * depthOf(line) * row.roundness);
  let wanted = 0;
  for (let line = 0; line < perimeters; line++) wanted += ideal(line);
  const fits = Math.max(0, row.areaMm2 - row.interiorMm2) / spacing;
  const wallMm = constants.walls * Math.min(wanted, fits);
  const outerMm = perimeters === 0 ? 0 : Math.min(wallMm, ideal(0));
  const smallShare = row.outlineMm > 0 ? row.smallOutlineMm / row.outlineMm : 0;
  const wallSeconds = (length: number, speed: number) => {
    if (length === 0) return 0;
    const slow = limited(Math.min(settings.smallLoopSpeed, speed));
    const corners = constants.corners * cornerLoss(row, limited(speed), wallAcceleration, settings.jerk);
    return (
      (length * smallShare) / slow +
      (length * (1 - smallShare)) / limited(speed) +
      (corners * length) / row.outlineMm
    );
  };
  const walls =
    wallSeconds(outerMm, settings.outerSpeed) + wallSeconds(wallMm - outerMm, settings.innerSpeed);
  const wallLoops = outerMm > 0 ? (row.loops * wallMm) / outerMm : 0;

  // Fill: lines at 45 degrees.
  const innerOutline = Math.max(0, row.outlineMm - 2 * Math.PI * wallDepth(settings) * row.roundness);
  const shrink = row.outlineMm > 0 ? innerOutline / row.outlineMm : 0;
  const share = row.interiorMm2 > 0 ? Math.min(1, row.solidMm2 / row.interiorMm2) : 0;
  const full = settings.infillPercent >= 100;
  const solidMm2 = full ? row.interiorMm2 : row.solidMm2;
  const sparseMm2 = full ? 0 : Math.max(0, row.interiorMm2 - row.solidMm2);
  const density = settings.infillPercent / 100;
  const topMm2 = Math.min(row.topMm2, solidMm2);
  const bridgeMm2 = Math.min(row.bridgeMm2, solidMm2 - topMm2);
  const innerMm2 = solidMm2 - topMm2 - bridgeMm2;
  const widthMm = innerOutline > 0 ? (2 * row.interiorMm2) / innerOutline : 0;
  const toAndFro = Math.min(1, widthMm / constants.wideFillMm);
  const solidLines = (toAndFro * row.breadthMm * shrink * (full ? 1 : share)) / spacing;
  const linesSeconds = (areaMm2: number, speed: number) => {
    const lines = solidMm2 > 0 ? (solidLines * areaMm2) / solidMm2 : 0;
    return fillSeconds(
      (constants.solid * areaMm2) / spacing,
      lines,
      limited(speed),
      infillAcceleration,
      settings.jerk,
      constants,
    );
  };
  const solid =
    linesSeconds(innerMm2, settings.solidSpeed) +
    linesSeconds(topMm2, settings.topSpeed) +
    linesSeconds(bridgeMm2, settings.bridgeSpeed);
  const sparseMm = (constants.sparse * sparseMm2 * density) / spacing;
  const sparseLines = full ? 0 : (row.breadthMm * shrink * (1 - share) * density) / spacing;
  const sparse = fillSeconds(
    sparseMm,
    sparseLines,
    limited(settings.infillSpeed),
    infillAcceleration,
    settings.jerk,
    constants,
  );

  const support = supportCost(row, settings, constants, limited);
  const skirtSeconds = skirtMm / limited(settings.outerSpeed);
  const travel = constants.layerSeconds + constants.loopSeconds * wallLoops;
  const printing = walls + solid + sparse + support.seconds + skirtSeconds;
  const lengthMm = wallMm + (constants.solid * solidMm2) / spacing + sparseMm + support.lengthMm + skirtMm;
  const slowest = Math.max(printing, lengthMm / settings.coolingLeastSpeed);
  const cooled = Math.max(0, Math.min(settings.coolingLayerSeconds - travel, slowest) - printing);

  const gramsOf = (length: number) => (length * spacing * height * settings.densityGPerCm3) / 1000;
  add(features.perimeters, layers, walls, gramsOf(wallMm));
  add(features.solid, layers, solid, gramsOf((constants.solid * solidMm2) / spacing));
  add(features.infill, layers, sparse, gramsOf(sparseMm));
  add(features.supports, layers, support.seconds, gramsOf(support.lengthMm));
  add(features.skirt, layers, skirtSeconds, gramsOf(skirtMm));
  add(features.travel, layers, travel, 0);
  add(features.cooling, layers, cooled, 0);
}

function add(feature: FeatureCost, layers: number, seconds: number, grams: number): void {
  feature.seconds += layers * seconds;
  feature.grams += layers * grams;
}

/** Seconds lost in corners, from the reference dynamics: in units of the jerk all machines with the same ratio move alike. */
function cornerLoss(row: Row, speed: number, acceleration: number, jerk: number): number {
  const scale = jerk / referenceJerk;
  const at = speed / scale;
  const [low, middle, high] = referenceSpeeds;
  const between = (from: number, to: number, lostFrom: number, lostTo: number) =>
    Math.max(0, lostFrom + ((at - from) / (to - from)) * (lostTo - lostFrom));
  const lost =
    at < low
      ? row.lost30 * Math.max(0, (at - referenceJerk) / (low - referenceJerk))
      : at < middle
        ? between(low, middle, row.lost30, row.lost60)
        : between(middle, high, row.lost60, row.lost120);
  return (scale * lost * referenceAcceleration) / acceleration;
}

/** Lines of infill of half and one and a half times their mean length, each from a turn to the next. */
function fillSeconds(
  lengthMm: number,
  lines: number,
  speed: number,
  acceleration: number,
  jerk: number,
  { turnSeconds }: EstimateConstants,
): number {
  if (lengthMm <= 0) return 0;
  if (lines <= 0) return lengthMm / speed;
  const mean = lengthMm / lines;
  return (
    lines *
    (turnSeconds +
      (lineSeconds(mean / 2, speed, acceleration, jerk) +
        lineSeconds(mean * 1.5, speed, acceleration, jerk)) /
        2)
  );
}

function lineSeconds(length: number, speed: number, acceleration: number, jerk: number): number {
  const turn = Math.min(speed, jerk / 2);
  const top = Math.min(speed, Math.sqrt(turn * turn + acceleration * length));
  const even = length - (top * top - turn * turn) / acceleration;
  return (2 * (top - turn)) / acceleration + Math.max(0, even) / top;
}

function supportCost(
  row: Row,
  settings: PrintSettings,
  constants: EstimateConstants,
  limited: (speed: number) => number,
): { seconds: number; lengthMm: number } {
  if (settings.supports === 'none' || row.supportMm2 <= 0) return { seconds: 0, lengthMm: 0 };
  const share = settings.supports === 'everywhere' ? 1 : row.plateSupportMm2 / row.supportMm2;
  if (share === 0) return { seconds: 0, lengthMm: 0 };
  const touching = row.contactMm2 * share + (settings.supports === 'everywhere' ? row.landingMm2 : 0);
  const lengthMm =
    (constants.supportFill * share * row.supportMm2) / settings.supportSpacingMm +
    constants.supportEdge * share * row.supportEdgeMm +
    (constants.supportInterface * touching * settings.supportInterfaceLayers) / settings.lineWidthMm;
  return {
    seconds:
      lengthMm / limited(settings.supportSpeed) +
      (constants.supportSecondsPerMetre * lengthMm) / 1000 +
      constants.supportLayerSeconds,
    lengthMm,
  };
}

import type { PrintStructure } from './layer-table.ts';

export const supportChoices = ['none', 'build-plate', 'everywhere'] as const;
export type SupportChoice = (typeof supportChoices)[number];

/** How a filament print may lie: the way that takes least, or only as its file has it. */
export const orientations = ['best', 'as_uploaded'] as const;
export type Orientation = (typeof orientations)[number];

/** How a machine prints with a material, as far as an estimate needs it. Speeds in mm/s, accelerations in mm/s2. */
export interface PrintSettings extends PrintStructure {
  infillPercent: number;
  supports: SupportChoice;
  /** Distance of the lines of support, mm. */
  supportSpacingMm: number;
  /** Layers of dense support right under the part. */
  supportInterfaceLayers: number;
  outerSpeed: number;
  innerSpeed: number;
  smallLoopSpeed: number;
  infillSpeed: number;
  solidSpeed: number;
  topSpeed: number;
  bridgeSpeed: number;
  supportSpeed: number;
  firstLayerSpeed: number;
  wallAcceleration: number;
  infillAcceleration: number;
  firstLayerAcceleration: number;
  /** Speed each axis takes or drops at once, mm/s. */
  jerk: number;
  /** Plastic the nozzle melts, mm3/s; 0 for no limit. */
  mostFlowMm3PerSecond: number;
  /** A layer that takes less is printed slower, s; 0 for never. */
  coolingLayerSeconds: number;
  /** Cooling never slows down below this. */
  coolingLeastSpeed: number;
  /** Lines printed round the part before it begins. */
  skirts: number;
  skirtDistanceMm: number;
  brimMm: number;
  densityGPerCm3: number;
}

/** The settings of a common machine with a 0.4 mm nozzle and PLA: what the estimate's constants were fitted with (tests/bench/profiles). */
export const standardSettings: PrintSettings = {
  firstLayerMm: 0.2,
  layerMm: 0.2,
  lineWidthMm: 0.45,
  perimeters: 2,
  topLayers: 5,
  bottomLayers: 4,
  overhangDegrees: 50,
  solidBelowMm2: 70,
  infillPercent: 15,
  supports: 'none',
  supportSpacingMm: 2.5,
  supportInterfaceLayers: 3,
  outerSpeed: 30,
  innerSpeed: 60,
  smallLoopSpeed: 25,
  infillSpeed: 80,
  solidSpeed: 60,
  topSpeed: 40,
  bridgeSpeed: 60,
  supportSpeed: 60,
  firstLayerSpeed: 20,
  wallAcceleration: 800,
  infillAcceleration: 1000,
  firstLayerAcceleration: 500,
  jerk: 8,
  mostFlowMm3PerSecond: 15,
  coolingLayerSeconds: 15,
  coolingLeastSpeed: 15,
  skirts: 1,
  skirtDistanceMm: 4,
  brimMm: 0,
  densityGPerCm3: 1.24,
};

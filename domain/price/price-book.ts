import { calibratedFdm } from '#domain/estimate/print-estimate.ts';

export interface PriceBookMaterial {
  id: string;
  name: string;
  process: 'fdm';
  densityGPerCm3: number;
  pricePerKgMinor: number;
  /** Charged once per order that uses the material: loading, purging, drying. */
  startupMinor: number;
}

export interface PriceBookFinish {
  id: string;
  name: string;
  minorPerPart: number;
  /** Of the part's material, machine and energy. */
  percent: number;
}

/** From this many pieces of a line on, so much off. */
export interface QuantityBreak {
  from: number;
  percentOff: number;
}

/**
 * All that a shop's prices are made of. "Minor" is the currency's smallest unit (cents), a whole number; everything else may
 * have decimals. A book is never edited in place: a change is a new version, and quotes keep the one they were made with.
 */
export interface PriceBook {
  version: number;
  /** ISO 4217 code. */
  currency: string;
  materials: readonly PriceBookMaterial[];
  finishes: readonly PriceBookFinish[];
  machineRateMinorPerHour: number;
  laborRateMinorPerHour: number;
  /** Labor once per line: slicing, starting the machine. */
  setupMinutes: number;
  /** Labor per part: taking it off, removing supports. */
  postMinutesPerPart: number;
  machinePowerKw: number;
  energyMinorPerKwh: number;
  /** Share of prints that fail and are made again. */
  failurePercent: number;
  overheadPercent: number;
  /** On cost. A margin of m percent of the price is a markup of m / (100 - m) x 100. */
  markupPercent: number;
  partMinimumMinor: number;
  orderMinimumMinor: number;
  quantityBreaks: readonly QuantityBreak[];
  taxPercent: number;
  /** Prices are without tax; it is added at the end. */
  taxMode: 'exclusive';
  layerHeightMm: number;
  wallEquivalentMm: number;
  infillPercent: number;
  flowMm3PerSecond: number;
  secondsPerLayer: number;
}

/** A field of a price book that no price can be made with, in plain words; undefined when all is well. */
export function findPriceBookFault(book: PriceBook): { field: string; message: string } | undefined {
  const entries: [string, object][] = [
    ['', book],
    ...book.materials.map((material): [string, object] => [`materials.${material.id}.`, material]),
    ...book.finishes.map((finish): [string, object] => [`finishes.${finish.id}.`, finish]),
    ...book.quantityBreaks.map((step): [string, object] => [`quantityBreaks.${step.from}.`, step]),
  ];
  for (const [prefix, entry] of entries) {
    for (const [name, value] of Object.entries(entry)) {
      const fault = typeof value === 'number' ? faultOf(name, value) : undefined;
      if (fault !== undefined)
        return { field: `priceBook.${prefix}${name}`, message: `${prefix}${name} ${fault}; it is ${value}.` };
    }
  }
  return undefined;
}

const largestAmount = 1e12;

function faultOf(name: string, value: number): string | undefined {
  if (!Number.isFinite(value) || value < 0 || value > largestAmount)
    return 'must be a number from 0 to 1,000,000,000,000';
  if (/Minor/.test(name) && !Number.isInteger(value))
    return "must be a whole number of the currency's smallest unit";
  if (/^(percentOff|infillPercent|failurePercent)$/.test(name) && value > 100) return 'must be at most 100';
  if (
    /^(densityGPerCm3|layerHeightMm|wallEquivalentMm|flowMm3PerSecond|secondsPerLayer)$/.test(name) &&
    value === 0
  ) {
    return 'must be above 0';
  }
  if (name === 'from' && (!Number.isInteger(value) || value < 1)) return 'must be a whole number from 1';
  return undefined;
}

/**
 * Starting values of an FDM shop, for its owner to edit. The figures are those of a currency near the US dollar with cents.
 * @param currency ISO 4217 code
 */
export function seedPriceBook(currency: string): PriceBook {
  const material = (
    id: string,
    name: string,
    densityGPerCm3: number,
    pricePerKgMinor: number,
    startupMinor: number,
  ) => ({ id, name, process: 'fdm', densityGPerCm3, pricePerKgMinor, startupMinor }) as const;
  return {
    version: 1,
    currency,
    materials: [
      material('pla', 'PLA', 1.24, 2000, 0),
      material('petg', 'PETG', 1.27, 2000, 0),
      material('abs', 'ABS', 1.04, 2200, 200),
      material('asa', 'ASA', 1.05, 3000, 200),
      material('tpu', 'TPU', 1.21, 3500, 300),
    ],
    finishes: [
      { id: 'as-printed', name: 'As printed', minorPerPart: 0, percent: 0 },
      { id: 'sanded', name: 'Sanded', minorPerPart: 600, percent: 10 },
      { id: 'primed', name: 'Primed', minorPerPart: 900, percent: 15 },
    ],
    machineRateMinorPerHour: 250,
    laborRateMinorPerHour: 3000,
    setupMinutes: 10,
    postMinutesPerPart: 3,
    machinePowerKw: 0.15,
    energyMinorPerKwh: 20,
    failurePercent: 5,
    overheadPercent: 15,
    markupPercent: 40,
    partMinimumMinor: 300,
    orderMinimumMinor: 1500,
    quantityBreaks: [
      { from: 5, percentOff: 3 },
      { from: 10, percentOff: 5 },
      { from: 25, percentOff: 8 },
      { from: 100, percentOff: 12 },
    ],
    taxPercent: 0,
    taxMode: 'exclusive',
    ...calibratedFdm,
  };
}

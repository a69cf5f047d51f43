import type { PrintSettings, SupportChoice } from '#domain/estimate/print-settings.ts';
import type { Process } from '#domain/process.ts';
import type { UsualMaking } from './usual-making.ts';

/** How a machine prints, read from a slicer's profile. */
export interface MachineProfile {
  /** The profile's file. */
  name: string;
  settings: PrintSettings;
  /** What the profile does not tell, and what is used for it. */
  defaults: readonly { setting: keyof PrintSettings; keys: readonly string[]; used: number | string }[];
  /** A profile it builds on, whose values were not at hand. */
  inherits?: string;
}

/** What an hour on a machine costs, and the work around it. The first of a process is the one that prices are made with. */
export interface PriceBookMachine {
  id: string;
  name: string;
  process: Process;
  minorPerHour: number;
  powerKw: number;
  /** Labor once per line and setup: preparing the job, starting the machine. */
  setupMinutes: number;
  /** Labor once per line: tool paths, a mould, a model to print from. */
  programmingMinutes: number;
  /** Share of the machine time during which a person stands by. */
  attendancePercent: number;
  /** Labor per part: taking it off, removing supports, washing, deburring. */
  postMinutesPerPart: number;
  /** Nozzles, gas, trays, cutters. */
  consumablesMinorPerHour: number;
  consumablesMinorPerPart: number;
  /** Share of the parts that fail and are made again. */
  failurePercent: number;
  /** Of a filament printer; without one the book's own figures count. */
  profile?: MachineProfile;
}

interface MaterialOf<P extends Process> {
  id: string;
  name: string;
  process: P;
  densityGPerCm3: number;
  /** Charged once per order that uses the material: loading, purging, drying. */
  startupMinor: number;
}

export interface FilamentMaterial extends MaterialOf<'fdm'> {
  pricePerKgMinor: number;
}
export interface ResinMaterial extends MaterialOf<'resin'> {
  pricePerLitreMinor: number;
}
export interface PowderMaterial extends MaterialOf<'powder'> {
  pricePerKgMinor: number;
}
export interface SheetMaterial extends MaterialOf<'laser'> {
  thicknessMm: number;
  sheetWidthMm: number;
  sheetHeightMm: number;
  pricePerSheetMinor: number;
  cutMmPerSecond: number;
  pierceSeconds: number;
  engraveMm2PerSecond: number;
}
export interface StockMaterial extends MaterialOf<'cnc'> {
  pricePerKgMinor: number;
  removalMm3PerSecond: number;
  toolChangeSeconds: number;
}
export interface AlloyMaterial extends MaterialOf<'casting'> {
  metal: Metal;
  /** Fine metal in the alloy: 58.5 for 14 karat gold. */
  purityPercent: number;
  /** What the caster takes on top of the fine metal. */
  alloyMarginPercent: number;
}
export type PriceBookMaterial =
  FilamentMaterial | ResinMaterial | PowderMaterial | SheetMaterial | StockMaterial | AlloyMaterial;

export const metals = ['gold', 'silver', 'platinum', 'palladium'] as const;
export type Metal = (typeof metals)[number];

/** The price of fine metal that the book's prices are made with, and the day it was taken. */
export interface MetalFix {
  metal: Metal;
  minorPerTroyOunce: number;
  /** `YYYY-MM-DD` */
  fixedOn: string;
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

/** A faster delivery for more money. */
export interface RushOption {
  id: string;
  name: string;
  percentMore: number;
  /** Working days. */
  leadDays: number;
}

/** A rate beside the standard one. */
export interface TaxRate {
  id: string;
  name: string;
  percent: number;
}
export const standardTaxRateId = 'standard';

/** instant: place at the price shown when no gate trips; review: a budget price, then the shop's word; no_prices: the shop's word only. */
export const orderModes = ['instant', 'review', 'no_prices'] as const;
export type OrderMode = (typeof orderModes)[number];

/** What a customer sees behind a line: what each step adds to their price, or nothing. Never cost, rates or margin. */
export const customerDetails = ['full', 'lines'] as const;
export type CustomerDetail = (typeof customerDetails)[number];

/**
 * All that a shop's prices are made of. "Minor" is the currency's smallest unit (cents), a whole number; everything else may
 * have decimals. A book is never edited in place: a change is a new version, and quotes keep the one they were made with.
 */
export interface PriceBook {
  version: number;
  /** ISO 4217 code. */
  currency: string;
  machines: readonly PriceBookMachine[];
  materials: readonly PriceBookMaterial[];
  finishes: readonly PriceBookFinish[];
  metalFixes: readonly MetalFix[];
  laborRateMinorPerHour: number;
  energyMinorPerKwh: number;
  overheadPercent: number;
  /** On cost. A margin of m percent of the price is a markup of m / (100 - m) x 100. */
  markupPercent: number;
  partMinimumMinor: number;
  orderMinimumMinor: number;
  quantityBreaks: readonly QuantityBreak[];
  /** Working days without rush. */
  leadDays: number;
  rushOptions: readonly RushOption[];
  /** The standard rate. */
  taxPercent: number;
  /** exclusive: tax comes on top of the prices; inclusive: it is in them. */
  taxMode: 'exclusive' | 'inclusive';
  /** Once per line and adjustment, or once per rate of the document. */
  taxRounding: 'line' | 'document';
  otherTaxRates: readonly TaxRate[];
  /** Which rate shipping has. */
  shippingTaxRateId: string;
  orderMode: OrderMode;
  customerDetail: CustomerDetail;
  /** A person looks at totals above this; 0: at none for this reason. */
  reviewAboveMinor: number;
  /** A person looks at lines of more pieces than this; 0: at none for this reason. */
  reviewAboveQuantity: number;
  /** A person looks at parts whose walls are thinner on average; 0: at none for this reason. */
  thinWallMm: number;
  /** A person looks at prices made with metal prices older than this; 0: at none for this reason. */
  metalFixDays: number;
  layerHeightMm: number;
  wallEquivalentMm: number;
  /** Where nobody chooses otherwise. */
  infillPercent: number;
  /** Customers choose the infill of a filament print from here ... */
  infillFromPercent?: number;
  /** ... to here. */
  infillToPercent?: number;
  /** Where prints are propped up, unless a profile or a line says otherwise; books from before there was a choice have none. */
  supports?: SupportChoice;
  flowMm3PerSecond: number;
  secondsPerLayer: number;
  /** Of every process but filament; books from before there was a choice have none. */
  usualMaking?: UsualMaking;
}

/** The machine whose rates a part of the process is priced with. */
export const machineFor = (
  book: Pick<PriceBook, 'machines'>,
  process: Process,
  machineId?: string,
): PriceBookMachine | undefined =>
  book.machines.find(
    (each) => each.process === process && (machineId === undefined || each.id === machineId),
  );

/** Every rate of the book, the standard one first. */
export const taxRatesOf = (book: PriceBook): TaxRate[] => [
  { id: standardTaxRateId, name: 'Tax', percent: book.taxPercent },
  ...book.otherTaxRates,
];

/** The markup on cost that leaves this margin of the price: 30 -> 42.857... Throws a RangeError at 100 % and above. */
export function markupOfMargin(marginPercent: number): number {
  if (!(marginPercent < 100)) throw new RangeError('A margin is below 100 % of the price');
  return (marginPercent / (100 - marginPercent)) * 100;
}

/** What customers may choose; books from before there was a choice leave it free. */
export const infillRange = ({
  infillFromPercent = 0,
  infillToPercent = 100,
}: Pick<PriceBook, 'infillFromPercent' | 'infillToPercent'>): { from: number; to: number } => ({
  from: infillFromPercent,
  to: infillToPercent,
});

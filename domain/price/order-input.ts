import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import type { Making } from './making.ts';
import type { OrderTerms } from './order-totals.ts';
import type { PriceBook } from './price-book.ts';
import type { MachineVolume, PricedGeometry } from './review-gates.ts';

/** What somebody of the shop decided about a line, instead of what the book gives. */
export interface LineEdit {
  label?: string | undefined;
  unitMinor?: number | undefined;
  breakPercent?: number | undefined;
  taxRateId?: string | undefined;
}

export interface OrderLineInput {
  partId: string;
  name: string;
  geometry: PricedGeometry;
  materialId: string;
  finishId: string;
  /** Of the price book; the first of the material's process without. */
  machineId?: string | undefined;
  /** Whole pieces, 1 to 10 000. */
  quantity: number;
  /** What one piece takes; null when nothing tells. */
  making: Making | null;
  /** Where the making of a filament print comes from when it was estimated. */
  estimate: PrintEstimate | null;
  /** The making comes from the file, not from a person. */
  fromGeometry?: true | undefined;
  edit?: LineEdit | undefined;
}

/** A line that no part stands behind: packaging, an engraving, a drawing. */
export interface ExtraLine {
  id: string;
  label: string;
  quantity: number;
  unitMinor: number;
  /** Of the whole line, to the shop. */
  costMinor?: number | undefined;
  taxRateId?: string | undefined;
}

export interface PriceOrderInput extends OrderTerms {
  priceBook: PriceBook;
  lines: readonly OrderLineInput[];
  extras?: readonly ExtraLine[] | undefined;
  rushId?: string | undefined;
  /** The shop's machines; without any, nothing is too big. */
  machines?: readonly MachineVolume[] | undefined;
  /** The day of the price, `YYYY-MM-DD`. */
  pricedOn: string;
}

/** All that a price is made of but the price book, which is named by its version. */
export type PriceInputs = Omit<PriceOrderInput, 'priceBook'>;

/** Somebody of the shop has said what making the piece takes. */
export const isByHand = ({
  making,
  estimate,
  fromGeometry,
}: Pick<OrderLineInput, 'making' | 'estimate' | 'fromGeometry'>): boolean =>
  making !== null && estimate === null && fromGeometry !== true;

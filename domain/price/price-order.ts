import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { findPriceBookFault } from './book-faults.ts';
import { findMakingFault, type Making } from './making.ts';
import { isByHand, type ExtraLine, type OrderLineInput, type PriceOrderInput } from './order-input.ts';
import { findOrderFault } from './order-faults.ts';
import { totalsOf, type OrderAdjustment, type OrderTotals } from './order-totals.ts';
import {
  machineFor,
  standardTaxRateId,
  taxRatesOf,
  type CustomerDetail,
  type OrderMode,
  type PriceBook,
  type RushOption,
} from './price-book.ts';
import { handPricedLine, marginPercent, priceLine, type LinePrice } from './price-line.ts';
import { findReviewReasons, type ReviewReason } from './review-gates.ts';
import { taxOf, taxable, type TaxTotal } from './tax.ts';

/** Changes whenever the same inputs could give other cents. */
export const engineVersion = '2';

/** A price is null when none can be made; the review reasons say why. */
export interface PricedLine extends Omit<LinePrice, 'unitMinor' | 'totalMinor' | 'costMinor'> {
  /** An extra line's own id when no part stands behind it. */
  partId: string;
  kind: 'part' | 'extra';
  name: string;
  quantity: number;
  making: Making | null;
  estimate: PrintEstimate | null;
  taxRateId: string;
  unitMinor: number | null;
  totalMinor: number | null;
  costMinor: number | null;
  /** Of the price without tax. */
  marginPercent?: number;
}

export interface PricedOrder {
  currency: string;
  lines: PricedLine[];
  subtotalMinor: number | null;
  adjustments: OrderAdjustment[];
  taxMode: PriceBook['taxMode'];
  taxes: TaxTotal[];
  taxNote?: string;
  taxMinor: number | null;
  totalMinor: number | null;
  rush?: Pick<RushOption, 'id' | 'name'>;
  /** Working days. */
  leadDays: number;
  /** An instant price may only be offered when this is empty. */
  reviewReasons: ReviewReason[];
  orderMode: OrderMode;
  customerDetail: CustomerDetail;
  priceBookVersion: number;
  engineVersion: string;
}

export interface PriceRefusal {
  refused: { field: string; message: string };
}

/**
 * Prices an order. The same input gives the same cents for ever. Never throws: wrong input is refused with the field and the
 * reason, and a part that can not be priced gets a null price and a review reason.
 */
export function priceOrder(input: PriceOrderInput): PricedOrder | PriceRefusal {
  const { priceBook: book, rushId, tax = taxable, pricedOn } = input;
  const fault = findPriceBookFault(book) ?? findOrderFault(input);
  if (fault) return { refused: fault };
  const rush = book.rushOptions.find(({ id }) => id === rushId);
  const parts = input.lines.map((line) => pricePart(input, line, rush));
  const lines = [...parts, ...(input.extras ?? []).map(extraLine)].map((line) => withMargin(line, input));
  const totals = totalsOfLines(input, lines);
  if (totals && 'refused' in totals) return totals;
  const reviewReasons = findReviewReasons({
    book,
    tax,
    pricedOn,
    lines: input.lines.map((line, index) => ({
      ...line,
      material: materialOf(book, line.materialId),
      totalMinor: parts[index]!.totalMinor,
      byHand: line.edit?.unitMinor !== undefined || isByHand(line),
    })),
    totalMinor: totals?.totalMinor ?? null,
    machines: input.machines ?? [],
  });
  return {
    currency: book.currency,
    lines,
    subtotalMinor: totals?.subtotalMinor ?? null,
    adjustments: totals?.adjustments ?? [],
    taxMode: book.taxMode,
    taxes: totals?.taxes ?? [],
    ...(totals?.taxNote === undefined ? {} : { taxNote: totals.taxNote }),
    taxMinor: totals?.taxMinor ?? null,
    totalMinor: totals?.totalMinor ?? null,
    ...(rush ? { rush: { id: rush.id, name: rush.name } } : {}),
    leadDays: rush?.leadDays ?? book.leadDays,
    reviewReasons,
    orderMode: book.orderMode,
    customerDetail: book.customerDetail,
    priceBookVersion: book.version,
    engineVersion,
  };
}

const materialOf = (book: PriceBook, id: string) => book.materials.find((each) => each.id === id)!;

function pricePart(
  { priceBook: book }: PriceOrderInput,
  line: OrderLineInput,
  rush: RushOption | undefined,
): PricedLine {
  const { partId, quantity, edit, making, estimate } = line;
  const material = materialOf(book, line.materialId);
  const machine = machineFor(book, material.process, line.machineId)!;
  const finish = book.finishes.find(({ id }) => id === line.finishId)!;
  const whose = {
    partId,
    kind: 'part' as const,
    name: edit?.label ?? line.name,
    quantity,
    making,
    estimate,
    taxRateId: edit?.taxRateId ?? standardTaxRateId,
  };
  const can = making !== null && making.process === material.process && findMakingFault(making) === undefined;
  const refused = line.geometry.verdict === 'refused';
  const price =
    can && !refused
      ? priceLine({
          book,
          machine,
          material,
          finish,
          making,
          quantity,
          rush,
          breakPercent: edit?.breakPercent,
          unitMinor: edit?.unitMinor,
        })
      : edit?.unitMinor === undefined || refused
        ? undefined
        : handPricedLine(book, quantity, edit.unitMinor);
  // A price of nothing is no price: somebody has to look. What somebody set to nothing is a gift.
  if (!price || (price.totalMinor <= 0 && edit?.unitMinor === undefined))
    return { ...whose, unitMinor: null, totalMinor: null, costMinor: null, components: [] };
  return { ...whose, ...price };
}

const extraLine = ({ id, label, quantity, unitMinor, costMinor = 0, taxRateId }: ExtraLine): PricedLine => ({
  partId: id,
  kind: 'extra',
  name: label,
  quantity,
  making: null,
  estimate: null,
  taxRateId: taxRateId ?? standardTaxRateId,
  unitMinor,
  totalMinor: unitMinor * quantity,
  costMinor,
  components: [],
});

/** Prices with tax in them earn what is left without it. */
function withMargin(line: PricedLine, { priceBook: book }: PriceOrderInput): PricedLine {
  const { totalMinor, costMinor, taxRateId } = line;
  if (totalMinor === null || costMinor === null) return line;
  const rate = taxRatesOf(book).find(({ id }) => id === taxRateId)!;
  const taxMinor = book.taxMode === 'inclusive' ? taxOf(totalMinor, rate, 'inclusive') : 0;
  const margin = marginPercent(totalMinor - taxMinor, costMinor);
  return margin === undefined ? line : { ...line, marginPercent: margin };
}

function totalsOfLines(
  input: PriceOrderInput,
  lines: readonly PricedLine[],
): OrderTotals | PriceRefusal | undefined {
  const { priceBook: book } = input;
  const amounts = [];
  for (const { totalMinor, taxRateId } of lines) {
    if (totalMinor === null) return undefined;
    amounts.push({ amountMinor: totalMinor, rateId: taxRateId });
  }
  const startups = book.materials.filter(
    ({ id, startupMinor }) => startupMinor > 0 && input.lines.some((line) => line.materialId === id),
  );
  return totalsOf(book, amounts, startups, input, input.pricedOn);
}

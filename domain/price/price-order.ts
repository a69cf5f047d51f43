import type { LayerTable } from '#domain/estimate/layer-table.ts';
import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import type { MachineVolume } from '#domain/geometry/fits-machines.ts';
import type { MeshReport } from '#domain/geometry/report.ts';
import { estimateByBook } from './estimate-by-book.ts';
import { findPriceBookFault, type PriceBook, type PriceBookMaterial } from './price-book.ts';
import { priceLine, type LinePrice } from './price-line.ts';
import { multiply, percent, rational, roundHalfUp } from './rational.ts';
import { findReviewReasons, type ReviewReason } from './review-gates.ts';

/** Changes whenever the same inputs could give other cents. */
export const engineVersion = '1';

export interface OrderLineInput {
  partId: string;
  name: string;
  geometry: Pick<MeshReport, 'volumeMm3' | 'areaMm2' | 'boundingBoxMm' | 'verdict' | 'problems'>;
  /** The part cut into layers; without them the estimate rests on volume and area. */
  layers?: LayerTable | undefined;
  materialId: string;
  finishId: string;
  /** Whole pieces, 1 to 10 000. */
  quantity: number;
}

export interface PriceOrderInput {
  priceBook: PriceBook;
  lines: readonly OrderLineInput[];
  shippingMinor?: number;
  discountMinor?: number;
  /** The shop's machines; without any, nothing is too big. */
  machines?: readonly MachineVolume[];
  /** Totals above this want a person's look. */
  reviewAboveMinor?: number;
}

/** A price is null when none can be made; the review reasons say why. */
export interface PricedLine extends Omit<LinePrice, 'unitMinor' | 'totalMinor' | 'costMinor'> {
  partId: string;
  name: string;
  quantity: number;
  estimate: PrintEstimate | null;
  unitMinor: number | null;
  totalMinor: number | null;
  costMinor: number | null;
}

export interface OrderAdjustment {
  code: 'startup' | 'order_minimum' | 'discount' | 'shipping' | 'tax';
  label: string;
  /** Whole minor units; below 0 for a discount. */
  amountMinor: number;
  rule: string;
}

export interface PricedOrder {
  currency: string;
  lines: PricedLine[];
  /** Lines and startups before the order minimum. */
  subtotalMinor: number | null;
  /** Startups, minimum, discount, shipping and tax; with the lines they add up to the total. */
  adjustments: OrderAdjustment[];
  taxMinor: number | null;
  totalMinor: number | null;
  /** An instant price may only be offered when this is empty. */
  reviewReasons: ReviewReason[];
  priceBookVersion: number;
  engineVersion: string;
}

export interface PriceRefusal {
  refused: { field: string; message: string };
}

const mostPieces = 10_000;

/**
 * Prices an order: max(lines + startup per material, order minimum) - discount + shipping + tax. The same input gives the same
 * cents for ever. Never throws: wrong input is refused with the field and the reason, and a part that can not be priced gets a
 * null price and a review reason.
 */
export function priceOrder(input: PriceOrderInput): PricedOrder | PriceRefusal {
  const fault = findInputFault(input);
  if (fault) return { refused: fault };
  const { priceBook, lines } = input;
  const priced = lines.map((line) => priceOrderLine(priceBook, line));
  const totals = totalOf(input, priced);
  if (totals && 'refused' in totals) return totals;
  return {
    currency: priceBook.currency,
    lines: priced,
    subtotalMinor: totals?.subtotalMinor ?? null,
    adjustments: totals?.adjustments ?? [],
    taxMinor: totals?.taxMinor ?? null,
    totalMinor: totals?.totalMinor ?? null,
    reviewReasons: findReviewReasons(
      lines.map((line, index) => ({
        ...line,
        estimate: priced[index]!.estimate,
        totalMinor: priced[index]!.totalMinor,
      })),
      totals?.totalMinor ?? null,
      input.machines ?? [],
      input.reviewAboveMinor,
    ),
    priceBookVersion: priceBook.version,
    engineVersion,
  };
}

function priceOrderLine(book: PriceBook, line: OrderLineInput): PricedLine {
  const material = book.materials.find(({ id }) => id === line.materialId)!;
  const finish = book.finishes.find(({ id }) => id === line.finishId)!;
  const estimate =
    line.geometry.verdict === 'refused'
      ? undefined
      : estimateByBook(book, material.densityGPerCm3, line.geometry, line.layers);
  const price = estimate && priceLine({ book, material, finish, quantity: line.quantity, estimate });
  const whose = { partId: line.partId, name: line.name, quantity: line.quantity, estimate: estimate ?? null };
  // A price of nothing is no price: somebody has to look.
  if (!price || price.totalMinor <= 0)
    return { ...whose, unitMinor: null, totalMinor: null, costMinor: null, components: [] };
  return { ...whose, ...price };
}

type Totals = Required<{ [Key in 'subtotalMinor' | 'taxMinor' | 'totalMinor']: number }> & {
  adjustments: OrderAdjustment[];
};

function totalOf(
  { priceBook, lines, shippingMinor = 0, discountMinor = 0 }: PriceOrderInput,
  priced: PricedLine[],
): Totals | PriceRefusal | undefined {
  let linesMinor = 0;
  for (const { totalMinor } of priced) {
    if (totalMinor === null) return undefined;
    linesMinor += totalMinor;
  }
  const adjustments: OrderAdjustment[] = usedMaterials(priceBook, lines).map((material) => ({
    code: 'startup',
    label: `Startup: ${material.name}`,
    amountMinor: material.startupMinor,
    rule: `${material.startupMinor} once per order with ${material.name}`,
  }));
  const subtotalMinor = linesMinor + sumOf(adjustments);
  if (subtotalMinor < priceBook.orderMinimumMinor) {
    adjustments.push({
      code: 'order_minimum',
      label: 'Minimum order',
      amountMinor: priceBook.orderMinimumMinor - subtotalMinor,
      rule: `raised to ${priceBook.orderMinimumMinor} from ${subtotalMinor}`,
    });
  }
  const goodsMinor = linesMinor + sumOf(adjustments);
  if (discountMinor > goodsMinor) {
    return {
      refused: {
        field: 'discountMinor',
        message: 'The discount is larger than the price of the goods. Lower it.',
      },
    };
  }
  if (discountMinor > 0) {
    adjustments.push({
      code: 'discount',
      label: 'Discount',
      amountMinor: -discountMinor,
      rule: `${discountMinor} off, given by the shop`,
    });
  }
  if (shippingMinor > 0) {
    adjustments.push({
      code: 'shipping',
      label: 'Shipping',
      amountMinor: shippingMinor,
      rule: `${shippingMinor} as quoted`,
    });
  }
  const taxedMinor = linesMinor + sumOf(adjustments);
  const taxMinor = Number(roundHalfUp(multiply(rational(taxedMinor), percent(priceBook.taxPercent))));
  adjustments.push({
    code: 'tax',
    label: `Tax ${priceBook.taxPercent} %`,
    amountMinor: taxMinor,
    rule: `${priceBook.taxPercent} % of ${taxedMinor} (goods, discount and shipping), rounded half up`,
  });
  const totalMinor = taxedMinor + taxMinor;
  return Number.isSafeInteger(totalMinor) ? { subtotalMinor, adjustments, taxMinor, totalMinor } : undefined;
}

function usedMaterials(book: PriceBook, lines: readonly OrderLineInput[]): PriceBookMaterial[] {
  return book.materials.filter(
    ({ id, startupMinor }) => startupMinor > 0 && lines.some((line) => line.materialId === id),
  );
}

function sumOf(adjustments: readonly OrderAdjustment[]): number {
  return adjustments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

function findInputFault(input: PriceOrderInput): PriceRefusal['refused'] | undefined {
  const { priceBook, lines } = input;
  if (lines.length === 0)
    return { field: 'lines', message: 'There is nothing to price. Add at least one part.' };
  for (const [index, line] of lines.entries()) {
    if (!priceBook.materials.some(({ id }) => id === line.materialId)) {
      return {
        field: `lines.${index}.materialId`,
        message: `The price book has no material "${line.materialId}". Choose one that it has.`,
      };
    }
    if (!priceBook.finishes.some(({ id }) => id === line.finishId)) {
      return {
        field: `lines.${index}.finishId`,
        message: `The price book has no finish "${line.finishId}". Choose one that it has.`,
      };
    }
    if (!Number.isInteger(line.quantity) || line.quantity < 1 || line.quantity > mostPieces) {
      return {
        field: `lines.${index}.quantity`,
        message: `The quantity must be a whole number from 1 to 10,000; it is ${line.quantity}.`,
      };
    }
  }
  for (const field of ['shippingMinor', 'discountMinor', 'reviewAboveMinor'] as const) {
    const amount = input[field];
    if (amount !== undefined && (!Number.isSafeInteger(amount) || amount < 0)) {
      return {
        field,
        message: `${field} must be a whole number of the currency's smallest unit, 0 or more; it is ${amount}.`,
      };
    }
  }
  return findPriceBookFault(priceBook);
}

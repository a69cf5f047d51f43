import { fineMetalValue } from './material-cost.ts';
import { moneyWriter, toMinor } from './money-words.ts';
import { standardTaxRateId, type PriceBook } from './price-book.ts';
import { multiply, percent, rational } from './rational.ts';
import {
  reduceInProportion,
  reliefOn,
  taxTotals,
  type TaxedAmount,
  type TaxStatus,
  type TaxTotal,
} from './tax.ts';

export interface OrderAdjustment {
  code: 'startup' | 'order_minimum' | 'discount' | 'scrap_credit' | 'shipping' | 'tax' | 'tax_relief';
  label: string;
  /** Whole minor units; below 0 for a discount, a credit or a relief. */
  amountMinor: number;
  rule: string;
}

/** Something off the goods of an order. */
export type Discount = { label: string } & (
  { kind: 'percent'; percent: number } | { kind: 'amount'; amountMinor: number }
);

/** Metal that the customer hands in, credited at the book's fix. */
export interface Scrap {
  /** A casting material of the price book: its metal and purity. */
  materialId: string;
  grams: number;
  /** Of the fine metal's value. */
  payoutPercent: number;
}

/** What stands below the lines of an order. */
export interface OrderTerms {
  discounts?: readonly Discount[] | undefined;
  scrap?: readonly Scrap[] | undefined;
  shippingMinor?: number | undefined;
  /** The customer's, when the order is priced; taxable without. */
  tax?: TaxStatus | undefined;
}

export interface OrderTotals {
  /** Lines and startups before the order minimum. */
  subtotalMinor: number;
  /** With the lines they add up to the total. */
  adjustments: OrderAdjustment[];
  taxes: TaxTotal[];
  /** Why no tax is due, for the document. */
  taxNote?: string;
  taxMinor: number;
  totalMinor: number;
}

export interface TotalsRefusal {
  refused: { field: string; message: string };
}

/**
 * max(lines + startup per material, order minimum) - discounts - scrap + shipping + tax. With inclusive prices the tax is in the
 * amounts, and a customer who owes none pays that much less.
 * @param startups the materials that the lines use
 * @param pricedOn `YYYY-MM-DD`, the day on which an exemption must be valid
 * @returns undefined when the amounts are too large to be money
 */
export function totalsOf(
  book: PriceBook,
  lines: readonly TaxedAmount[],
  startups: readonly { name: string; startupMinor: number }[],
  terms: OrderTerms,
  pricedOn: string,
): OrderTotals | TotalsRefusal | undefined {
  const money = moneyWriter(book.currency);
  const goods: TaxedAmount[] = [...lines];
  const adjustments: OrderAdjustment[] = [];
  const addGoods = (adjustment: OrderAdjustment) => {
    adjustments.push(adjustment);
    goods.push({ amountMinor: adjustment.amountMinor, rateId: standardTaxRateId });
  };
  for (const { name, startupMinor } of startups)
    addGoods({
      code: 'startup',
      label: `Startup: ${name}`,
      amountMinor: startupMinor,
      rule: `${money(startupMinor)} once per order with ${name}`,
    });
  const subtotalMinor = sum(goods);
  if (subtotalMinor < book.orderMinimumMinor)
    addGoods({
      code: 'order_minimum',
      label: 'Minimum order',
      amountMinor: book.orderMinimumMinor - subtotalMinor,
      rule: `raised to ${money(book.orderMinimumMinor)} from ${money(subtotalMinor)}`,
    });
  const goodsMinor = sum(goods);
  const reductions = [
    ...(terms.discounts ?? []).map((discount) => discountOf(discount, goodsMinor, money)),
    ...(terms.scrap ?? []).map((scrap) => creditOf(scrap, book, money)),
  ];
  const reductionMinor = -sum(reductions);
  if (!Number.isSafeInteger(goodsMinor) || !Number.isSafeInteger(reductionMinor)) return undefined;
  if (reductionMinor > goodsMinor)
    return {
      refused: {
        field: 'discounts',
        message: `The discounts come to ${money(reductionMinor)}, more than the ${money(goodsMinor)} of the goods. Lower them.`,
      },
    };
  adjustments.push(...reductions);
  const amounts = reduceInProportion(goods, reductionMinor);
  const shippingMinor = terms.shippingMinor ?? 0;
  if (shippingMinor > 0) {
    adjustments.push({
      code: 'shipping',
      label: 'Shipping',
      amountMinor: shippingMinor,
      rule: `${money(shippingMinor)} as quoted`,
    });
    amounts.push({ amountMinor: shippingMinor, rateId: book.shippingTaxRateId });
  }
  return taxed(book, amounts, adjustments, subtotalMinor, terms.tax, pricedOn);
}

function taxed(
  book: PriceBook,
  amounts: readonly TaxedAmount[],
  adjustments: OrderAdjustment[],
  subtotalMinor: number,
  status: TaxStatus = { kind: 'taxable' },
  pricedOn: string,
): OrderTotals | undefined {
  const money = moneyWriter(book.currency);
  const note = reliefOn(status, pricedOn);
  const taxes = taxTotals(book, amounts);
  const contained = taxes.reduce((total, { taxMinor }) => total + taxMinor, 0);
  const due = note === undefined ? taxes : taxes.map((tax) => ({ ...tax, percent: 0, taxMinor: 0 }));
  const rounding = book.taxRounding === 'line' ? 'rounded half up per line' : 'rounded half up';
  if (book.taxMode === 'exclusive')
    for (const { name, percent: rate, netMinor, taxMinor } of due)
      adjustments.push({
        code: 'tax',
        label: `${name} ${rate} %`,
        amountMinor: taxMinor,
        rule: note ?? `${rate} % of ${money(netMinor)} (goods, discount and shipping), ${rounding}`,
      });
  else if (note !== undefined)
    adjustments.push({
      code: 'tax_relief',
      label: 'Tax not due',
      amountMinor: -contained,
      rule: `${note}: the tax in the prices, ${money(contained)}, is taken off`,
    });
  const taxMinor = note === undefined ? contained : 0;
  const amountMinor = sum(amounts);
  const totalMinor =
    book.taxMode === 'exclusive'
      ? amountMinor + taxMinor
      : amountMinor - (note === undefined ? 0 : contained);
  if (!Number.isSafeInteger(totalMinor)) return undefined;
  return {
    subtotalMinor,
    adjustments,
    taxes: due,
    ...(note === undefined ? {} : { taxNote: note }),
    taxMinor,
    totalMinor,
  };
}

function discountOf(
  discount: Discount,
  goodsMinor: number,
  money: (minor: number) => string,
): OrderAdjustment {
  const { label } = discount;
  if (discount.kind === 'amount')
    return {
      code: 'discount',
      label,
      amountMinor: -discount.amountMinor,
      rule: `${money(discount.amountMinor)} off`,
    };
  const offMinor = toMinor(multiply(rational(goodsMinor), percent(discount.percent))) ?? Number.NaN;
  return {
    code: 'discount',
    label,
    amountMinor: -offMinor,
    rule: `${discount.percent} % of ${money(goodsMinor)}, rounded half up`,
  };
}

function creditOf(
  { materialId, grams, payoutPercent }: Scrap,
  book: PriceBook,
  money: (minor: number) => string,
): OrderAdjustment {
  const material = book.materials.find(({ id }) => id === materialId);
  if (material?.process !== 'casting') throw new RangeError(`The price book has no alloy "${materialId}"`);
  const worth = fineMetalValue(book, material, grams);
  const creditMinor = toMinor(multiply(worth, percent(payoutPercent))) ?? Number.NaN;
  return {
    code: 'scrap_credit',
    label: `Your ${material.name}`,
    amountMinor: -creditMinor,
    rule: `${payoutPercent} % of the ${money(Math.round(Number(worth.numerator) / Number(worth.denominator)))} that the fine metal in ${grams} g is worth`,
  };
}

const sum = (amounts: readonly { amountMinor: number }[]): number =>
  amounts.reduce((total, { amountMinor }) => total + amountMinor, 0);

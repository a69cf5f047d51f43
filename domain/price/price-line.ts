import { costSteps, type CostInputs } from './line-cost.ts';
import { moneyWriter, toMinor } from './money-words.ts';
import type { PriceBook, RushOption } from './price-book.ts';
import {
  shareStep,
  sumOfSteps,
  type PriceComponentCode,
  type PriceStep,
  type StepInputs,
} from './price-step.ts';
import {
  add,
  compare,
  divide,
  larger,
  multiply,
  percent,
  rational,
  subtract,
  toDecimal,
  zero,
  type Rational,
} from './rational.ts';

/** One step of a part's price; the amounts of all steps add up to the unit price before rounding. */
export interface PriceComponent {
  code: PriceComponentCode;
  label: string;
  /** Per part, in minor units, before rounding: a decimal with at most 6 decimals. */
  amountMinor: string;
  inputs: StepInputs;
  /** The formula with its numbers and units, to be checked by hand. */
  rule: string;
}

export interface LinePrice {
  /** For display: the line is rounded as a whole, so unit x quantity may differ from the total by cents. */
  unitMinor: number;
  totalMinor: number;
  /** What the whole line costs the shop: all before markup. */
  costMinor: number;
  components: PriceComponent[];
}

export interface LineInputs extends CostInputs {
  quantity: number;
  rush?: RushOption | undefined;
  /** Instead of the book's table. */
  breakPercent?: number | undefined;
  /** Somebody's own price of one piece, instead of the computed one. */
  unitMinor?: number | undefined;
}

/**
 * Prices one line: unit = (material + machine + energy + consumables + setup / quantity + programming / quantity + labor + post +
 * finish) x (1 + failure) x (1 + overhead) x (1 + markup), at least the part minimum, less the quantity break, times the rush;
 * rounded once, half up, for the whole line.
 * @returns undefined when the amount is too large to be money
 */
export function priceLine(line: LineInputs): LinePrice | undefined {
  const quantity = rational(line.quantity);
  const cost = costSteps(line, line.quantity);
  const computed = [...cost, ...priceSteps(line, sumOfSteps(cost))];
  const steps =
    line.unitMinor === undefined ? computed : [...computed, editStep(line.book, computed, line.unitMinor)];
  const total = multiply(sumOfSteps(steps), quantity);
  const totalMinor = toMinor(total);
  const costMinor = toMinor(multiply(sumOfSteps(cost), quantity));
  const unitMinor = toMinor(divide(total, quantity));
  if (totalMinor === undefined || costMinor === undefined || unitMinor === undefined) return undefined;
  return { unitMinor, totalMinor, costMinor, components: steps.map(component) };
}

const component = ({ amount, ...step }: PriceStep): PriceComponent => ({
  ...step,
  amountMinor: toDecimal(amount, 6),
});

/** A line that nothing computes: only what somebody says a piece costs. */
export function handPricedLine(book: PriceBook, quantity: number, unitMinor: number): LinePrice {
  return {
    unitMinor,
    totalMinor: unitMinor * quantity,
    costMinor: 0,
    components: [component(editStep(book, [], unitMinor))],
  };
}

/** (total - cost) / total x 100, to two decimals: the share of the price that is left over; undefined for a total of 0. */
export function marginPercent(totalMinor: number, costMinor: number): number | undefined {
  if (totalMinor <= 0) return undefined;
  const share = divide(rational(totalMinor - costMinor), rational(totalMinor));
  return Number(toDecimal(multiply(share, rational(100)), 2));
}

function editStep(book: PriceBook, computed: readonly PriceStep[], unitMinor: number): PriceStep {
  const money = moneyWriter(book.currency);
  const before = sumOfSteps(computed);
  return {
    code: 'edit',
    label: 'Price set by hand',
    amount: subtract(rational(unitMinor), before),
    inputs: { unitPrice: { value: unitMinor, unit: 'minor' } },
    rule: `set to ${money(unitMinor)} from ${money(before)}`,
  };
}

/** The unit price before quantity breaks. */
function basePrice(line: LineInputs, quantity: number): Rational {
  const cost = sumOfSteps(costSteps(line, quantity));
  const marked = add(cost, multiply(cost, percent(line.book.markupPercent)));
  return larger(marked, rational(line.book.partMinimumMinor));
}

function priceSteps(line: LineInputs, cost: Rational): PriceStep[] {
  const { book, quantity } = line;
  const money = moneyWriter(book.currency);
  const markup = shareStep('markup', 'Markup', book.markupPercent, cost, 'cost', book.currency);
  const marked = add(cost, markup.amount);
  const base = larger(marked, rational(book.partMinimumMinor));
  const steps = [markup];
  if (compare(base, marked) > 0) {
    steps.push({
      code: 'part_minimum',
      label: 'Minimum per part',
      amount: subtract(base, marked),
      inputs: { partMinimum: { value: book.partMinimumMinor, unit: 'minor' } },
      rule: `raised to ${money(book.partMinimumMinor)} from ${money(marked)}`,
    });
  }
  const off = line.breakPercent ?? percentOffAt(book, quantity);
  const taken = multiply(base, percent(off));
  if (off > 0) {
    steps.push({
      code: 'quantity_break',
      label: `Quantity: ${off} % off`,
      amount: subtract(zero, taken),
      inputs: { quantity: { value: quantity, unit: 'pieces' }, percentOff: { value: off, unit: '%' } },
      rule: `-${off} % of ${money(base)} at ${quantity} pieces`,
    });
  }
  const floor = line.breakPercent === undefined ? dearestSmallerLine(line) : undefined;
  const below = floor && subtract(divide(floor.total, rational(quantity)), subtract(base, taken));
  if (below && compare(below, zero) > 0) {
    steps.push({
      code: 'quantity_floor',
      label: 'More pieces never cost less',
      amount: below,
      inputs: {
        pieces: { value: floor.pieces, unit: 'pieces' },
        quantity: { value: quantity, unit: 'pieces' },
      },
      rule: `raised to the ${money(floor.total)} that ${floor.pieces} pieces cost / ${quantity}`,
    });
  }
  return line.rush ? [...steps, rushStep(line.rush, add(cost, sumOfSteps(steps)), book.currency)] : steps;
}

const rushStep = ({ name, percentMore }: RushOption, unit: Rational, currency: string): PriceStep =>
  shareStep('rush', name, percentMore, unit, 'the price of a piece', currency);

export function percentOffAt(book: PriceBook, quantity: number): number {
  return Math.max(
    0,
    ...book.quantityBreaks.filter((step) => step.from <= quantity).map((step) => step.percentOff),
  );
}

/** Just before a break the line can cost more than just behind it; the dearest of these is the least that more pieces cost. */
function dearestSmallerLine(line: LineInputs): { pieces: number; total: Rational } | undefined {
  return line.book.quantityBreaks
    .filter((step) => step.from > 1 && step.from <= line.quantity)
    .map(({ from }) => {
      const pieces = from - 1;
      const base = basePrice(line, pieces);
      const unit = subtract(base, multiply(base, percent(percentOffAt(line.book, pieces))));
      return { pieces, total: multiply(unit, rational(pieces)) };
    })
    .reduce<{ pieces: number; total: Rational } | undefined>(
      (dearest, next) => (dearest === undefined || compare(next.total, dearest.total) > 0 ? next : dearest),
      undefined,
    );
}

import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import type { PriceBook, PriceBookFinish, PriceBookMaterial } from './price-book.ts';
import {
  add,
  compare,
  divide,
  larger,
  multiply,
  percent,
  rational,
  roundHalfUp,
  subtract,
  toDecimal,
  zero,
  type Rational,
} from './rational.ts';

export type PriceComponentCode =
  | 'material'
  | 'machine'
  | 'energy'
  | 'setup'
  | 'post'
  | 'finish'
  | 'failure'
  | 'overhead'
  | 'markup'
  | 'part_minimum'
  | 'quantity_break'
  | 'quantity_floor';

/** One step of a part's price; the amounts of all steps add up to the unit price before rounding. */
export interface PriceComponent {
  code: PriceComponentCode;
  label: string;
  /** Per part, in minor units, before rounding: a decimal with at most 6 decimals. */
  amountMinor: string;
  inputs: Record<string, { value: number; unit: string }>;
  /** The formula with its numbers, to be checked by hand. */
  rule: string;
}

export interface LinePrice {
  /** For display: the line is rounded as a whole, so unit x quantity may differ from the total by cents. */
  unitMinor: number;
  totalMinor: number;
  /** What the whole line costs the shop: all before markup. */
  costMinor: number;
  /** (total - cost) / total x 100, to two decimals: the share of the price that is left over; absent for a total of 0. */
  marginPercent?: number;
  components: PriceComponent[];
}

export interface LineInputs {
  book: PriceBook;
  material: PriceBookMaterial;
  finish: PriceBookFinish;
  quantity: number;
  estimate: PrintEstimate;
}

interface Step {
  code: PriceComponentCode;
  label: string;
  amount: Rational;
  inputs: PriceComponent['inputs'];
  rule: string;
}

/**
 * Prices one line: unit = (material + machine + energy + setup / quantity + post + finish) x (1 + failure) x (1 + overhead) x
 * (1 + markup), at least the part minimum, less the quantity break; rounded once, half up, for the whole line.
 * @returns undefined when the amount is too large to be money
 */
export function priceLine(line: LineInputs): LinePrice | undefined {
  const costSteps = costOf(line, line.quantity);
  const cost = sumOf(costSteps);
  const base = basePrice(line, line.quantity);
  const quantity = rational(line.quantity);
  const steps = [...costSteps, ...priceSteps(line, cost, base)];
  const total = multiply(sumOf(steps), quantity);
  const totalMinor = Number(roundHalfUp(total));
  const costMinor = Number(roundHalfUp(multiply(cost, quantity)));
  if (!Number.isSafeInteger(totalMinor) || !Number.isSafeInteger(costMinor)) return undefined;
  return {
    unitMinor: Number(roundHalfUp(divide(total, quantity))),
    totalMinor,
    costMinor,
    ...(totalMinor > 0 && { marginPercent: marginPercent(totalMinor, costMinor) }),
    components: steps.map((step) => ({
      code: step.code,
      label: step.label,
      amountMinor: toDecimal(step.amount, 6),
      inputs: step.inputs,
      rule: step.rule,
    })),
  };
}

function marginPercent(totalMinor: number, costMinor: number): number {
  const share = divide(rational(totalMinor - costMinor), rational(totalMinor));
  return Number(toDecimal(multiply(share, rational(100)), 2));
}

function sumOf(steps: readonly Step[]): Rational {
  return add(...steps.map((step) => step.amount));
}

function costOf({ book, material, finish, estimate }: LineInputs, quantity: number): Step[] {
  const { materialGrams: grams, printSeconds: seconds } = estimate;
  const hours = divide(rational(seconds), rational(3600));
  const labor = (minutes: number) =>
    multiply(divide(rational(minutes), rational(60)), rational(book.laborRateMinorPerHour));
  const making: Step[] = [
    {
      code: 'material',
      label: `Material: ${material.name}`,
      amount: multiply(divide(rational(grams), rational(1000)), rational(material.pricePerKgMinor)),
      inputs: {
        grams: { value: grams, unit: 'g' },
        pricePerKg: { value: material.pricePerKgMinor, unit: 'minor/kg' },
      },
      rule: `${grams} g / 1000 x ${material.pricePerKgMinor} per kg`,
    },
    {
      code: 'machine',
      label: 'Machine time',
      amount: multiply(hours, rational(book.machineRateMinorPerHour)),
      inputs: {
        printTime: { value: seconds, unit: 's' },
        machineRate: { value: book.machineRateMinorPerHour, unit: 'minor/h' },
      },
      rule: `${seconds} s / 3600 x ${book.machineRateMinorPerHour} per hour`,
    },
    {
      code: 'energy',
      label: 'Energy',
      amount: multiply(hours, rational(book.machinePowerKw), rational(book.energyMinorPerKwh)),
      inputs: {
        printTime: { value: seconds, unit: 's' },
        power: { value: book.machinePowerKw, unit: 'kW' },
        energyPrice: { value: book.energyMinorPerKwh, unit: 'minor/kWh' },
      },
      rule: `${seconds} s / 3600 x ${book.machinePowerKw} kW x ${book.energyMinorPerKwh} per kWh`,
    },
  ];
  const handling: Step[] = [
    {
      code: 'setup',
      label: 'Setup, shared by the pieces',
      amount: divide(labor(book.setupMinutes), rational(quantity)),
      inputs: {
        setupTime: { value: book.setupMinutes, unit: 'min' },
        laborRate: { value: book.laborRateMinorPerHour, unit: 'minor/h' },
        quantity: { value: quantity, unit: 'pieces' },
      },
      rule: `${book.setupMinutes} min / 60 x ${book.laborRateMinorPerHour} per hour / ${quantity}`,
    },
    {
      code: 'post',
      label: 'Labor per part',
      amount: labor(book.postMinutesPerPart),
      inputs: {
        postTime: { value: book.postMinutesPerPart, unit: 'min' },
        laborRate: { value: book.laborRateMinorPerHour, unit: 'minor/h' },
      },
      rule: `${book.postMinutesPerPart} min / 60 x ${book.laborRateMinorPerHour} per hour`,
    },
    {
      code: 'finish',
      label: `Finish: ${finish.name}`,
      amount: add(rational(finish.minorPerPart), multiply(sumOf(making), percent(finish.percent))),
      inputs: {
        perPart: { value: finish.minorPerPart, unit: 'minor' },
        share: { value: finish.percent, unit: '%' },
      },
      rule: `${finish.minorPerPart} + ${finish.percent} % of material, machine and energy (${toDecimal(sumOf(making), 6)})`,
    },
  ];
  const made = [...making, ...handling];
  const failure = surcharge('failure', 'Failed prints', book.failurePercent, sumOf(made), 'all above');
  const overhead = surcharge(
    'overhead',
    'Overhead',
    book.overheadPercent,
    sumOf([...made, failure]),
    'all above',
  );
  return [...made, failure, overhead];
}

function surcharge(code: PriceComponentCode, label: string, share: number, of: Rational, name: string): Step {
  return {
    code,
    label,
    amount: multiply(of, percent(share)),
    inputs: { share: { value: share, unit: '%' } },
    rule: `${share} % of ${name} (${toDecimal(of, 6)})`,
  };
}

/** The unit price before quantity breaks. */
function basePrice(line: LineInputs, quantity: number): Rational {
  const cost = sumOf(costOf(line, quantity));
  const marked = add(cost, multiply(cost, percent(line.book.markupPercent)));
  return larger(marked, rational(line.book.partMinimumMinor));
}

function priceSteps(line: LineInputs, cost: Rational, base: Rational): Step[] {
  const { book } = line;
  const markup = surcharge('markup', 'Markup', book.markupPercent, cost, 'cost');
  const steps = [markup];
  const toMinimum = subtract(base, add(cost, markup.amount));
  if (compare(toMinimum, zero) > 0) {
    steps.push({
      code: 'part_minimum',
      label: 'Minimum per part',
      amount: toMinimum,
      inputs: { partMinimum: { value: book.partMinimumMinor, unit: 'minor' } },
      rule: `raised to ${book.partMinimumMinor} from ${toDecimal(add(cost, markup.amount), 6)}`,
    });
  }
  const off = percentOffAt(book, line.quantity);
  const taken = multiply(base, percent(off));
  if (off > 0) {
    steps.push({
      code: 'quantity_break',
      label: `Quantity: ${off} % off`,
      amount: subtract(zero, taken),
      inputs: { quantity: { value: line.quantity, unit: 'pieces' }, percentOff: { value: off, unit: '%' } },
      rule: `-${off} % of ${toDecimal(base, 6)} at ${line.quantity} pieces`,
    });
  }
  const floor = dearestSmallerLine(line);
  const below = floor && subtract(divide(floor.total, rational(line.quantity)), subtract(base, taken));
  if (below && compare(below, zero) > 0) {
    steps.push({
      code: 'quantity_floor',
      label: 'More pieces never cost less',
      amount: below,
      inputs: {
        pieces: { value: floor.pieces, unit: 'pieces' },
        quantity: { value: line.quantity, unit: 'pieces' },
      },
      rule: `raised to the ${toDecimal(floor.total, 6)} that ${floor.pieces} pieces cost / ${line.quantity}`,
    });
  }
  return steps;
}

function percentOffAt(book: PriceBook, quantity: number): number {
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
      const unit = subtract(
        basePrice(line, pieces),
        multiply(basePrice(line, pieces), percent(percentOffAt(line.book, pieces))),
      );
      return { pieces, total: multiply(unit, rational(pieces)) };
    })
    .reduce<{ pieces: number; total: Rational } | undefined>(
      (dearest, next) => (dearest === undefined || compare(next.total, dearest.total) > 0 ? next : dearest),
      undefined,
    );
}

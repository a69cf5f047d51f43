import { machineTimeOf } from './machine-time.ts';
import type { Making } from './making.ts';
import { materialSteps } from './material-cost.ts';
import { moneyWriter } from './money-words.ts';
import type { PriceBook, PriceBookFinish, PriceBookMachine, PriceBookMaterial } from './price-book.ts';
import { shareStep, sumOfSteps, type PriceComponentCode, type PriceStep } from './price-step.ts';
import { add, compare, divide, multiply, percent, rational, zero, type Rational } from './rational.ts';

export interface CostInputs {
  book: PriceBook;
  machine: PriceBookMachine;
  material: PriceBookMaterial;
  finish: PriceBookFinish;
  making: Making;
}

/** What one of `quantity` pieces costs the shop: material, machine, energy, labor, finish, failure and overhead, in that order. */
export function costSteps(inputs: CostInputs, quantity: number): PriceStep[] {
  const { book, machine, finish } = inputs;
  const making = makingSteps(inputs);
  const money = moneyWriter(book.currency);
  const made = [
    ...making,
    ...laborSteps(inputs, quantity),
    {
      code: 'finish' as const,
      label: `Finish: ${finish.name}`,
      amount: add(rational(finish.minorPerPart), multiply(sumOfSteps(making), percent(finish.percent))),
      inputs: {
        perPart: { value: finish.minorPerPart, unit: 'minor' },
        share: { value: finish.percent, unit: '%' },
      },
      rule: `${money(finish.minorPerPart)} + ${finish.percent} % of material, machine and energy (${money(sumOfSteps(making))})`,
    },
  ];
  const share = (code: PriceComponentCode, label: string, size: number, of: readonly PriceStep[]) =>
    shareStep(code, label, size, sumOfSteps(of), 'all above', book.currency);
  const failure = share('failure', 'Failed parts', machine.failurePercent, made);
  return [...made, failure, share('overhead', 'Overhead', book.overheadPercent, [...made, failure])];
}

function makingSteps({ book, machine, material, making }: CostInputs): PriceStep[] {
  const money = moneyWriter(book.currency);
  const time = machineTimeOf(making, material);
  const hours = divide(time.seconds, rational(3600));
  const machineTime = { value: Number(time.seconds.numerator) / Number(time.seconds.denominator), unit: 's' };
  const consumables = add(
    multiply(hours, rational(machine.consumablesMinorPerHour)),
    rational(machine.consumablesMinorPerPart),
  );
  return [
    ...materialSteps(book, material, making),
    {
      code: 'machine',
      label: 'Machine time',
      amount: multiply(hours, rational(machine.minorPerHour)),
      inputs: { machineTime, machineRate: { value: machine.minorPerHour, unit: 'minor/h' } },
      rule: `${time.rule} / 3600 x ${money(machine.minorPerHour)} per hour on ${machine.name}`,
    },
    ...unlessZero({
      code: 'consumables',
      label: 'Consumables',
      amount: consumables,
      inputs: {
        perHour: { value: machine.consumablesMinorPerHour, unit: 'minor/h' },
        perPart: { value: machine.consumablesMinorPerPart, unit: 'minor' },
      },
      rule: `${time.rule} / 3600 x ${money(machine.consumablesMinorPerHour)} per hour + ${money(machine.consumablesMinorPerPart)}`,
    }),
    {
      code: 'energy',
      label: 'Energy',
      amount: multiply(hours, rational(machine.powerKw), rational(book.energyMinorPerKwh)),
      inputs: {
        machineTime,
        power: { value: machine.powerKw, unit: 'kW' },
        energyPrice: { value: book.energyMinorPerKwh, unit: 'minor/kWh' },
      },
      rule: `${time.rule} / 3600 x ${machine.powerKw} kW x ${money(book.energyMinorPerKwh)} per kWh`,
    },
  ];
}

function laborSteps({ book, machine, material, making }: CostInputs, quantity: number): PriceStep[] {
  const money = moneyWriter(book.currency);
  const rate = { value: book.laborRateMinorPerHour, unit: 'minor/h' };
  const perHour = `60 x ${money(book.laborRateMinorPerHour)} per hour`;
  const labor = (minutes: Rational) =>
    multiply(divide(minutes, rational(60)), rational(book.laborRateMinorPerHour));
  const pieces = { value: quantity, unit: 'pieces' };
  const setups = making.process === 'cnc' ? making.setups : 1;
  const time = machineTimeOf(making, material);
  const washed = making.process === 'resin' ? making.washCureMinutes : 0;
  const postMinutes = add(rational(machine.postMinutesPerPart), rational(washed));
  return [
    {
      code: 'setup',
      label: 'Setup, shared by the pieces',
      amount: divide(labor(multiply(rational(machine.setupMinutes), rational(setups))), rational(quantity)),
      inputs: {
        setupTime: { value: machine.setupMinutes, unit: 'min' },
        setups: { value: setups, unit: 'setups' },
        laborRate: rate,
        quantity: pieces,
      },
      rule: `${setups} x ${machine.setupMinutes} min / ${perHour} / ${quantity}`,
    },
    ...unlessZero({
      code: 'programming',
      label: 'Programming, shared by the pieces',
      amount: divide(labor(rational(machine.programmingMinutes)), rational(quantity)),
      inputs: {
        programmingTime: { value: machine.programmingMinutes, unit: 'min' },
        laborRate: rate,
        quantity: pieces,
      },
      rule: `${machine.programmingMinutes} min / ${perHour} / ${quantity}`,
    }),
    ...unlessZero({
      code: 'labor',
      label: 'Standing by the machine',
      amount: multiply(
        divide(time.seconds, rational(3600)),
        percent(machine.attendancePercent),
        rational(book.laborRateMinorPerHour),
      ),
      inputs: { attendance: { value: machine.attendancePercent, unit: '%' }, laborRate: rate },
      rule: `${machine.attendancePercent} % of ${time.rule} / 3600 x ${money(book.laborRateMinorPerHour)} per hour`,
    }),
    {
      code: 'post',
      label: 'Labor per part',
      amount: labor(postMinutes),
      inputs: {
        postTime: { value: machine.postMinutesPerPart + washed, unit: 'min' },
        laborRate: rate,
      },
      rule: `${washed > 0 ? `(${machine.postMinutesPerPart} + ${washed} washing and curing)` : machine.postMinutesPerPart} min / ${perHour}`,
    },
  ];
}

const unlessZero = (step: PriceStep): PriceStep[] => (compare(step.amount, zero) === 0 ? [] : [step]);

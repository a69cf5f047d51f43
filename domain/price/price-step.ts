import { moneyWriter } from './money-words.ts';
import { add, multiply, percent, type Rational } from './rational.ts';

export type PriceComponentCode =
  | 'material'
  | 'consumables'
  | 'stones'
  | 'hallmark'
  | 'machine'
  | 'energy'
  | 'setup'
  | 'programming'
  | 'labor'
  | 'post'
  | 'finish'
  | 'failure'
  | 'overhead'
  | 'markup'
  | 'part_minimum'
  | 'quantity_break'
  | 'quantity_floor'
  | 'rush'
  | 'edit';

export type StepInputs = Record<string, { value: number; unit: string }>;

/** One step of a unit's price, exact. Units of money are `minor`, `minor/kg`, `minor/h` and so on. */
export interface PriceStep {
  code: PriceComponentCode;
  label: string;
  amount: Rational;
  inputs: StepInputs;
  /** The formula with its numbers and units, to be checked by hand. */
  rule: string;
}

export const sumOfSteps = (steps: readonly PriceStep[]): Rational =>
  add(...steps.map(({ amount }) => amount));

/** So many percent of an amount as a step of its own. */
export function shareStep(
  code: PriceComponentCode,
  label: string,
  share: number,
  of: Rational,
  ofWhat: string,
  currency: string,
): PriceStep {
  return {
    code,
    label,
    amount: multiply(of, percent(share)),
    inputs: { share: { value: share, unit: '%' } },
    rule: `${share} % of ${ofWhat} (${moneyWriter(currency)(of)})`,
  };
}

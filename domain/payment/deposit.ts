import { refuse, type Refusal } from '../refusal.ts';

/** What a shop wants before it begins. Amounts are minor units of the shop's currency. */
export type DepositRule =
  | { kind: 'none' }
  | { kind: 'percent'; percent: number }
  | { kind: 'fixed'; amountMinor: number }
  /** A share of the total, of orders whose total is above the value. */
  | { kind: 'percent_above'; percent: number; aboveMinor: number };

/** What becomes of money taken for an order that its customer cancels. */
export const cancelRules = ['refund', 'keep_deposit'] as const;
export type CancelRule = (typeof cancelRules)[number];

const mostMinor = 1e11;

/** The deposit on an order of this total, rounded up to a whole minor unit, never above the total. */
export function depositOn(rule: DepositRule, totalMinor: number): number {
  const share = (percent: number) => Number((BigInt(totalMinor) * BigInt(percent) + 99n) / 100n);
  switch (rule.kind) {
    case 'none':
      return 0;
    case 'percent':
      return share(rule.percent);
    case 'fixed':
      return Math.min(rule.amountMinor, totalMinor);
    case 'percent_above':
      return totalMinor > rule.aboveMinor ? share(rule.percent) : 0;
  }
}

/** The first thing that is wrong with a rule, with its field; undefined when all is well. */
export function findDepositFault(rule: DepositRule): Refusal | undefined {
  const whole = (value: number, least: number, most: number): boolean =>
    Number.isSafeInteger(value) && value >= least && value <= most;
  if ('percent' in rule && !whole(rule.percent, 1, 100))
    return refuse('invalid', 'Choose 1 to 100 whole percent.', 'deposit.percent');
  if (rule.kind === 'fixed' && !whole(rule.amountMinor, 1, mostMinor))
    return refuse('invalid', 'Choose an amount above zero.', 'deposit.amountMinor');
  if (rule.kind === 'percent_above' && !whole(rule.aboveMinor, 1, mostMinor))
    return refuse('invalid', 'Choose a value above zero.', 'deposit.aboveMinor');
  return undefined;
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depositOn, findDepositFault, type DepositRule } from './deposit.ts';

test.each<[DepositRule, number, number]>([
  [{ kind: 'none' }, 999, 0],
  [{ kind: 'percent', percent: 30 }, 999, 300],
  [{ kind: 'percent', percent: 100 }, 999, 999],
  [{ kind: 'fixed', amountMinor: 500 }, 999, 500],
  [{ kind: 'fixed', amountMinor: 5000 }, 999, 999],
  [{ kind: 'percent_above', percent: 50, aboveMinor: 999 }, 999, 0],
  [{ kind: 'percent_above', percent: 50, aboveMinor: 998 }, 999, 500],
])('%j on %d is %d', (rule, total, deposit) => expect(depositOn(rule, total)).toBe(deposit));

test('a deposit is whole, and never below its share or above the total', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 1e11 }), (percent, total) => {
      const deposit = depositOn({ kind: 'percent', percent }, total);
      expect(Number.isSafeInteger(deposit)).toBe(true);
      expect(deposit * 100).toBeGreaterThanOrEqual(total * percent);
      expect(deposit).toBeLessThanOrEqual(total);
    }),
  ));

test.each<[DepositRule, string]>([
  [{ kind: 'percent', percent: 101 }, 'deposit.percent'],
  [{ kind: 'percent', percent: 0.5 }, 'deposit.percent'],
  [{ kind: 'fixed', amountMinor: 0 }, 'deposit.amountMinor'],
  [{ kind: 'percent_above', percent: 30, aboveMinor: -1 }, 'deposit.aboveMinor'],
])('%j is refused at %s', (rule, field) => expect(findDepositFault(rule)?.field).toBe(field));

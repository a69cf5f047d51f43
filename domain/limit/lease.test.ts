import { expect, test } from 'vitest';
import { leaseSize, minuteOf, nextMinute, spend } from './lease.ts';

test('a lease is spent call by call and ends with its minute', () => {
  const minute = minuteOf('2026-03-01T10:00:59.999Z');
  const once = spend({ minute, left: 2 }, minute);
  expect(once).toEqual({ minute, left: 1 });
  expect(spend(spend(once, minute), minute)).toBeUndefined();
  expect(spend({ minute, left: 2 }, minute + 1)).toBeUndefined();
  expect(spend(undefined, minute)).toBeUndefined();
  expect(nextMinute(minute)).toBe('2026-03-01T10:01:00.000Z');
});

test('a lease is a twentieth of the allowance and never nothing', () => {
  expect([1, 19, 20, 300, 301].map(leaseSize)).toEqual([1, 1, 1, 15, 16]);
});

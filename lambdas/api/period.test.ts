import { expect, test } from 'vitest';
import { daysOf } from './period.ts';

test('both ends of a period count', () => {
  expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toBe(3);
  expect(daysOf({ from: '2028-02-28', to: '2028-02-28' })).toBe(1);
});

test('a period that ends before it begins is refused by name', () => {
  expect(() => daysOf({ from: '2243-01-05', to: '2151-04-22' })).toThrow(
    expect.objectContaining({ code: 'invalid_request', field: 'to' }),
  );
});

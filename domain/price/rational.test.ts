import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  multiply,
  rational,
  roundHalfUp,
  subtract,
  toDecimal,
  zero,
} from './rational.ts';

const decimal = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('exact arithmetic', () => {
  it('takes a number for the decimal that it is written as', () => {
    expect(add(rational(0.1), rational(0.2))).toEqual(rational(0.3));
    expect(rational(1.5e-7)).toEqual({ numerator: 3n, denominator: 20_000_000n });
    expect(rational(-2.5e21)).toEqual({ numerator: -2_500_000_000_000_000_000_000n, denominator: 1n });
  });

  it('keeps every finite number exactly', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(Number(toDecimal(rational(value), 340))).toBe(value + 0);
      }),
    );
  });

  it('loses nothing in any operation', () => {
    fc.assert(
      fc.property(decimal, decimal, (x, y) => {
        const [a, b] = [rational(x), rational(y)];
        expect(subtract(add(a, b), b)).toEqual(a);
        if (compare(b, zero) !== 0) expect(multiply(divide(a, b), b)).toEqual(a);
      }),
    );
  });

  it('rounds halves up, also below 0', () => {
    expect([2.5, 2.4999, -2.5, -2.51].map((value) => roundHalfUp(rational(value)))).toEqual([
      3n,
      2n,
      -2n,
      -3n,
    ]);
    expect(toDecimal(divide(rational(2), rational(3)), 6)).toBe('0.666667');
    expect(toDecimal(rational(-0.05), 6)).toBe('-0.05');
  });

  it('refuses what is no number', () => {
    expect(() => rational(Number.NaN)).toThrow(RangeError);
    expect(() => divide(rational(1), zero)).toThrow(RangeError);
  });
});

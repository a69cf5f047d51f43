/** An exact fraction; the denominator is above 0. Prices are made of these, so that the same inputs give the same cents for ever. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

/** The decimal a person would write for the number: 0.1 is one tenth. Throws a RangeError when it is not finite. */
export function rational(value: number): Rational {
  if (!Number.isFinite(value)) throw new RangeError(`A price can not be made of ${value}`);
  const [digits = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', decimals = ''] = digits.split('.');
  const scale = Number(exponent) - decimals.length;
  const mantissa = BigInt(whole + decimals);
  return scale >= 0 ? reduced(mantissa * 10n ** BigInt(scale), 1n) : reduced(mantissa, 10n ** BigInt(-scale));
}

export function percent(value: number): Rational {
  return divide(rational(value), rational(100));
}

export function add(...terms: Rational[]): Rational {
  return terms.reduce(
    (sum, term) =>
      reduced(
        sum.numerator * term.denominator + term.numerator * sum.denominator,
        sum.denominator * term.denominator,
      ),
    zero,
  );
}

export function subtract(from: Rational, term: Rational): Rational {
  return add(from, { numerator: -term.numerator, denominator: term.denominator });
}

export function multiply(...factors: Rational[]): Rational {
  return factors.reduce(
    (product, factor) =>
      reduced(product.numerator * factor.numerator, product.denominator * factor.denominator),
    one,
  );
}

/** Throws a RangeError when the divisor is 0. */
export function divide(dividend: Rational, divisor: Rational): Rational {
  if (divisor.numerator === 0n) throw new RangeError('A price can not be divided by 0');
  return reduced(dividend.numerator * divisor.denominator, dividend.denominator * divisor.numerator);
}

/** Below 0, 0 or above 0 as the first is less than, equal to or greater than the second. */
export function compare(first: Rational, second: Rational): number {
  const difference = first.numerator * second.denominator - second.numerator * first.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function larger(first: Rational, second: Rational): Rational {
  return compare(first, second) >= 0 ? first : second;
}

/** The nearest whole number, halves up. */
export function roundHalfUp(value: Rational): bigint {
  return floorDivide(2n * value.numerator + value.denominator, 2n * value.denominator);
}

/** A decimal string with at most so many decimals, halves up, without trailing zeros. */
export function toDecimal(value: Rational, decimals: number): string {
  const scaled = roundHalfUp(multiply(value, { numerator: 10n ** BigInt(decimals), denominator: 1n }));
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return `${scaled < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

function reduced(numerator: bigint, denominator: bigint): Rational {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / (a || 1n), denominator: (sign * denominator) / (a || 1n) };
}

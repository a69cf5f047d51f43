import { rational, roundHalfUp, toDecimal, multiply, divide, type Rational } from './rational.ts';

const digits = new Map<string, number>();

/** Decimals of a currency by ISO 4217: 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  let count = digits.get(currency);
  if (count === undefined) {
    count =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digits.set(currency, count);
  }
  return count;
}

/** Writes amounts in minor units as rules show them: `12.50 USD`; parts of a cent stay visible, up to four decimals more. */
export function moneyWriter(currency: string): (minor: number | Rational) => string {
  const decimals = decimalsOf(currency);
  return (minor) => {
    const exact = typeof minor === 'number' ? rational(minor) : minor;
    const inUnits = divide(exact, rational(10 ** decimals));
    const text = toDecimal(inUnits, decimals + 4);
    const [whole = '0', fraction = ''] = text.split('.');
    const shown = decimals === 0 && fraction === '' ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
    return `${shown} ${currency}`;
  };
}

/** Rounds an exact amount to whole minor units, halves up; undefined when it is too large to be money. */
export function toMinor(amount: Rational): number | undefined {
  const rounded = Number(roundHalfUp(amount));
  return Number.isSafeInteger(rounded) ? rounded : undefined;
}

export const times = (amount: Rational, count: number): Rational => multiply(amount, rational(count));

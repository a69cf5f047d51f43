const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const mostExactDigits = 15;

/**
 * The number written in bytes `start` to `end`, or NaN when it is none. Up to 15 digits and a power of ten up to 22 are exact
 * in one float64 operation; the rare rest goes through the language's own reader.
 */
export function readAsciiNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const negative = bytes[at] === minus;
  if (negative || bytes[at] === plus) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  let pointSeen = false;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= zero && byte <= nine) {
      mantissa = mantissa * 10 + (byte - zero);
      if (mantissa > 0) digits++;
      if (pointSeen) decimals++;
    } else if (byte === point && !pointSeen) pointSeen = true;
    else break;
  }
  if (at === start + (pointSeen ? 1 : 0) + (negative || bytes[start] === plus ? 1 : 0)) return Number.NaN;
  let exponent = 0;
  if (at < end) {
    if ((bytes[at]! | lowerCase) !== letterE) return Number.NaN;
    at++;
    const exponentNegative = bytes[at] === minus;
    if (exponentNegative || bytes[at] === plus) at++;
    if (at >= end) return Number.NaN;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte < zero || byte > nine) return Number.NaN;
      exponent = Math.min(exponent * 10 + (byte - zero), 9999);
    }
    if (exponentNegative) exponent = -exponent;
  }
  const scale = exponent - decimals;
  let value: number;
  if (digits <= mostExactDigits && scale >= -22 && scale <= 22) {
    value = scale < 0 ? mantissa / powersOfTen[-scale]! : mantissa * powersOfTen[scale]!;
  } else value = Math.abs(Number(String.fromCharCode(...bytes.subarray(start, end))));
  return negative ? -value : value;
}

const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const letterE = 0x65;
const lowerCase = 0x20;

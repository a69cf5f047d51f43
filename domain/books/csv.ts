import { decimalsOf } from '../price/money-words.ts';

/** Lists of a shop's books that can be taken along. */
export const bookLists = ['invoices', 'payments', 'refunds', 'credit_notes'] as const;
export type BookList = (typeof bookLists)[number];

/**
 * A table as CSV (RFC 4180): comma, CRLF, quotes where needed, a byte order mark so that spreadsheets read UTF-8. A cell that a
 * spreadsheet would take for a formula begins with an apostrophe; numbers are left alone.
 */
export function csvOf(
  header: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const text = [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  return `\uFEFF${text}\r\n`;
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const plain = /^-?\d+(\.\d+)?$/.test(value);
  const safe = !plain && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An amount as accounting reads it: `1234` of USD -> `12.34`, exact. */
export function decimalAmount(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

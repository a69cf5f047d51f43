/** 1234, 'EUR' -> "€12.34"; a currency's own number of decimals. */
export function money(minor: number, currency: string): string {
  return currencyFormat(currency).format(minor / 10 ** decimalsOf(currency));
}

/** Decimals of a currency: 2 for EUR, 0 for JPY. */
export const decimalsOf = (currency: string): number =>
  currencyFormat(currency).resolvedOptions().maximumFractionDigits ?? 2;

const formats = new Map<string, Intl.NumberFormat>();
function currencyFormat(currency: string): Intl.NumberFormat {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format;
}

/** Amounts before rounding, such as a component's "12.345678" cents, with two more decimals than the currency has. */
export function exactMoney(minor: string, currency: string): string {
  const decimals = decimalsOf(currency);
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals + 2,
  }).format(Number(minor) / 10 ** decimals);
}

export const number = (value: number, digits = 1): string =>
  new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(value);

/** Seconds as "3 h 20 min", "4 min", "30 s". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** "3 minutes ago", "in 2 days"; "just now" within a minute. */
export function ago(instant: string, nowMs: number): string {
  const difference = (Date.parse(instant) - nowMs) / 1000;
  for (const [unit, size] of units)
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  return 'just now';
}

/** Date and time in a zone; the browser's without one. */
export const exactTime = (instant: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );

/** The day of an instant, or of a plain `YYYY-MM-DD`, which has no zone. */
export const day = (value: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeZone: value.length === 10 ? 'UTC' : timeZone,
  }).format(new Date(value));

/** The day of an instant in a zone, `YYYY-MM-DD`. */
export const dayKey = (instant: string, timeZone?: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));

/** "14:05" in a zone, as the reader writes it. */
export const clock = (instant: string, timeZone?: string): string =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone }).format(new Date(instant));

/** "Nov 3, 14:05" in a zone; with the year when it is another one. */
export function moment(instant: string, timeZone?: string): string {
  const otherYear =
    dayKey(instant, timeZone).slice(0, 4) !== dayKey(new Date().toISOString(), timeZone).slice(0, 4);
  return new Intl.DateTimeFormat(undefined, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(otherYear ? { year: 'numeric' } : {}),
    timeZone,
  }).format(new Date(instant));
}

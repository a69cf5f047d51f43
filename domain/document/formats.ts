/** How one document writes its figures. */
export interface Formats {
  /** Whole minor units of the currency, e.g. 123456 USD -> `$1,234.56`. */
  money(minor: number, currency: string): string;
  /** ISO instant -> the day it is in the shop's zone. */
  day(instant: string): string;
  /** `YYYY-MM-DD`, wherever. */
  calendarDay(day: string): string;
  moment(instant: string): string;
  count(value: number): string;
  /** Seconds -> `3 h 05 min`. */
  duration(seconds: number): string;
}

/** Thin and no-break spaces of Intl become the one no-break space that every font has; marks of direction are dropped. */
const plainSpaces = (text: string): string =>
  text.replaceAll(/[\u202f\u2007\u2009]/g, '\u00a0').replaceAll(/[\u061c\u200e\u200f]/g, '');

/** Signs of money that Western fonts have. */
const commonSign = /^[\u0020-\u024f\u20a3\u20a4\u20a6-\u20ac\u20b1\u20b9\u20ba\u20bc\u20bd]*$/;

/** The currency by its sign, or by its code where the sign is of a script of its own. */
function moneyFormat(locale: string, currency: string, numberingSystem: string): Intl.NumberFormat {
  const format = (currencyDisplay: 'symbol' | 'code') =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay, numberingSystem });
  const bySign = format('symbol');
  const sign = bySign.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? '';
  return commonSign.test(sign) ? bySign : format('code');
}

/** An exact decimal of minor units, so that no amount passes through a fraction in binary. */
export function decimalOf(minor: number, digits: number): `${number}` {
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  return (digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${all.slice(-digits)}`) as `${number}`;
}

/** Figures and dates as the locale writes them, in Western digits, which every font has. */
export function formatsOf(locale: string, timeZone: string): Formats {
  const numberingSystem = 'latn';
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { numberingSystem, ...options });
  const day = dates({ timeZone, dateStyle: 'medium' });
  const calendarDay = dates({ timeZone: 'UTC', dateStyle: 'medium' });
  const moment = dates({ timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const count = new Intl.NumberFormat(locale, { numberingSystem, maximumFractionDigits: 2 });
  return {
    money(minor, currency) {
      const format = moneyFormat(locale, currency, numberingSystem);
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return plainSpaces(format.format(decimalOf(minor, digits)));
    },
    day: (instant) => plainSpaces(day.format(new Date(instant))),
    calendarDay: (date) => plainSpaces(calendarDay.format(new Date(`${date}T00:00:00Z`))),
    moment: (instant) => plainSpaces(moment.format(new Date(instant))),
    count: (value) => plainSpaces(count.format(value)),
    duration(seconds) {
      const minutes = Math.round(seconds / 60);
      const hours = Math.floor(minutes / 60);
      return hours === 0
        ? `${minutes}\u00a0min`
        : `${hours}\u00a0h\u00a0${String(minutes % 60).padStart(2, '0')}\u00a0min`;
    },
  };
}

const scripts = ['Latn', 'Cyrl', 'Grek'];

/** Whether a document can be written so: month names have to be in a script of the documents' font. */
export function isDocumentLocale(locale: string): boolean {
  try {
    return scripts.includes(new Intl.Locale(locale).maximize().script ?? '');
  } catch {
    return false;
  }
}

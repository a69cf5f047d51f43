import { isDay } from './days.ts';
import { infillRange, machineFor, taxRatesOf, type PriceBook } from './price-book.ts';
import { usualMakingOf } from './usual-making.ts';

export interface BookFault {
  /** Path of the field, such as `priceBook.materials.pla.densityGPerCm3`. */
  field: string;
  message: string;
}

/** A field of a price book that no price can be made with, in plain words; undefined when all is well. */
export function findPriceBookFault(book: PriceBook): BookFault | undefined {
  return findNumberFault(book) ?? findListFault(book);
}

const fault = (field: string, message: string): BookFault => ({ field: `priceBook.${field}`, message });

const largestAmount = 1e12;
const shares =
  /^(percentOff|infillPercent|infillFromPercent|infillToPercent|failurePercent|attendancePercent|purityPercent|taxPercent|packingPercent|yieldPercent)$/;
const aboveZero =
  /^(densityGPerCm3|layerHeightMm|wallEquivalentMm|flowMm3PerSecond|secondsPerLayer|thicknessMm|sheetWidthMm|sheetHeightMm|cutMmPerSecond|engraveMm2PerSecond|removalMm3PerSecond|purityPercent|minorPerTroyOunce|layerMm|chamber[XYZ]Mm|packingPercent|yieldPercent|finishedMm2PerSecond)$/;
const whole = /^(leadDays|reviewAboveQuantity|metalFixDays|setups|toolChanges|bottomLayers)$/;

function findNumberFault(book: PriceBook): BookFault | undefined {
  const named = (list: string, entries: readonly { id: string }[]) =>
    entries.map((entry): [string, object] => [`${list}.${entry.id}.`, entry]);
  const entries: [string, object][] = [
    ['', book],
    ...Object.entries<object>({ ...usualMakingOf(book) }).map(([process, usual]): [string, object] => [
      `usualMaking.${process}.`,
      usual,
    ]),
    ...named('machines', book.machines),
    ...named('materials', book.materials),
    ...named('finishes', book.finishes),
    ...named('rushOptions', book.rushOptions),
    ...named('otherTaxRates', book.otherTaxRates),
    ...book.metalFixes.map((fix): [string, object] => [`metalFixes.${fix.metal}.`, fix]),
    ...book.quantityBreaks.map((step): [string, object] => [`quantityBreaks.${step.from}.`, step]),
  ];
  for (const [prefix, entry] of entries) {
    for (const [name, value] of Object.entries(entry)) {
      const why = typeof value === 'number' ? faultOf(name, value) : undefined;
      if (why !== undefined) return fault(prefix + name, `${prefix}${name} ${why}; it is ${value}.`);
    }
  }
  return undefined;
}

function faultOf(name: string, value: number): string | undefined {
  if (!Number.isFinite(value) || value < 0 || value > largestAmount)
    return 'must be a number from 0 to 1,000,000,000,000';
  if (/minor/i.test(name) && !Number.isInteger(value))
    return "must be a whole number of the currency's smallest unit";
  if ((shares.test(name) || name === 'percent') && value > 100) return 'must be at most 100';
  if (aboveZero.test(name) && value === 0) return 'must be above 0';
  if (whole.test(name) && !Number.isInteger(value)) return 'must be a whole number';
  if (name === 'from' && (!Number.isInteger(value) || value < 1)) return 'must be a whole number from 1';
  return undefined;
}

function findListFault(book: PriceBook): BookFault | undefined {
  const lists: Record<string, string[]> = {
    machines: book.machines.map(({ id }) => id),
    materials: book.materials.map(({ id }) => id),
    finishes: book.finishes.map(({ id }) => id),
    rushOptions: book.rushOptions.map(({ id }) => id),
    otherTaxRates: taxRatesOf(book).map(({ id }) => id),
    metalFixes: book.metalFixes.map(({ metal }) => metal),
    quantityBreaks: book.quantityBreaks.map(({ from }) => String(from)),
  };
  for (const [list, ids] of Object.entries(lists)) {
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice !== undefined) return fault(list, `${list} names "${twice}" twice. Keep one of them.`);
  }
  for (const { id, name, ...material } of book.materials) {
    if (!machineFor(book, material.process))
      return fault(
        'machines',
        `There is no ${material.process} machine for ${name}. Add one, or remove the material.`,
      );
    if (material.process === 'casting' && !book.metalFixes.some(({ metal }) => metal === material.metal))
      return fault(
        'metalFixes',
        `There is no price of ${material.metal} for ${name} (${id}). Add the price per troy ounce.`,
      );
  }
  for (const { metal, fixedOn } of book.metalFixes)
    if (!isDay(fixedOn))
      return fault(`metalFixes.${metal}.fixedOn`, `The price of ${metal} needs a day such as 2026-05-04.`);
  const { infillPercent: usual } = book;
  const { from, to } = infillRange(book);
  if (!(from <= usual && usual <= to))
    return fault(
      'infillPercent',
      `The usual infill (${usual} %) must lie in the range that customers choose from (${from} to ${to} %).`,
    );
  if (!taxRatesOf(book).some(({ id }) => id === book.shippingTaxRateId))
    return fault('shippingTaxRateId', `There is no tax rate "${book.shippingTaxRateId}" for shipping.`);
  return undefined;
}

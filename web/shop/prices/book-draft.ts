import type { BodyInputOf, OutOf } from '#contract/route.ts';
import type { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import { decimalsOf } from '../../shared/format.ts';

export type Book = OutOf<typeof getPriceBook>;
type BookBody = BodyInputOf<typeof replacePriceBook>;

export type FieldKind = 'money' | 'number' | 'whole';
export interface Field<Name extends string = string> {
  name: Name;
  label: string;
  unit?: string;
  kind: FieldKind;
}

type NumberIn<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T] & string;
const field = <Name extends string>(
  name: Name,
  label: string,
  kind: FieldKind,
  unit?: string,
): Field<Name> => ({
  name,
  label,
  kind,
  ...(unit === undefined ? {} : { unit }),
});

/** Every plain number of a book, in the order it is shown. Money is shown in the currency's large unit. */
export const groups: { title: string; fields: Field<NumberIn<BookBody>>[] }[] = [
  {
    title: 'Time and labor',
    fields: [
      field('machineRateMinorPerHour', 'Machine, per hour', 'money'),
      field('laborRateMinorPerHour', 'Labor, per hour', 'money'),
      field('setupMinutes', 'Setup per line', 'number', 'min'),
      field('postMinutesPerPart', 'Work per part', 'number', 'min'),
      field('machinePowerKw', 'Machine power', 'number', 'kW'),
      field('energyMinorPerKwh', 'Energy, per kWh', 'money'),
    ],
  },
  {
    title: 'Margins, minimums and tax',
    fields: [
      field('failurePercent', 'Failed prints', 'number', '%'),
      field('overheadPercent', 'Overhead', 'number', '%'),
      field('markupPercent', 'Markup', 'number', '%'),
      field('taxPercent', 'Tax, added at the end', 'number', '%'),
      field('partMinimumMinor', 'Minimum per part', 'money'),
      field('orderMinimumMinor', 'Minimum per order', 'money'),
    ],
  },
  {
    title: 'How prints are estimated',
    fields: [
      field('layerHeightMm', 'Layer height', 'number', 'mm'),
      field('wallEquivalentMm', 'Wall thickness', 'number', 'mm'),
      field('infillPercent', 'Infill', 'number', '%'),
      field('flowMm3PerSecond', 'Flow', 'number', 'mm³/s'),
      field('secondsPerLayer', 'Extra time per layer', 'number', 's'),
    ],
  },
];

export const materialFields = [
  field('densityGPerCm3', 'Density', 'number', 'g/cm³'),
  field('pricePerKgMinor', 'Price per kg', 'money'),
  field('startupMinor', 'Once per order', 'money'),
] as const;
export const finishFields = [
  field('minorPerPart', 'Per part', 'money'),
  field('percent', 'On top of making it', 'number', '%'),
] as const;
export const breakFields = [
  field('from', 'From pieces', 'whole'),
  field('percentOff', 'Off the price', 'number', '%'),
] as const;

/** One row of a list while it is edited: text as typed, and the id that quotes refer to. */
export interface Row {
  key: string;
  id: string | undefined;
  name: string;
  values: Record<string, string>;
}

/** A book while it is edited: everything as typed. */
export interface Draft {
  numbers: Record<string, string>;
  materials: Row[];
  finishes: Row[];
  breaks: Row[];
}

let rowCount = 0;
const newRowKey = () => `row-${(rowCount += 1)}`;
export const emptyRow = (): Row => ({ key: newRowKey(), id: undefined, name: '', values: {} });

export function draftOf(book: Book): Draft {
  const typed = (fields: readonly Field[], from: object) =>
    Object.fromEntries(fields.map((each) => [each.name, shown(each, from, book.currency)]));
  const row = (fields: readonly Field[], from: { id?: string; name?: string }): Row => ({
    key: newRowKey(),
    id: from.id,
    name: from.name ?? '',
    values: typed(fields, from),
  });
  return {
    numbers: typed(
      groups.flatMap((group) => group.fields),
      book,
    ),
    materials: book.materials.map((each) => row(materialFields, each)),
    finishes: book.finishes.map((each) => row(finishFields, each)),
    breaks: book.quantityBreaks.map((each) => ({ ...emptyRow(), values: typed(breakFields, each) })),
  };
}

function shown({ name, kind }: Field, from: object, currency: string): string {
  const value = Number((from as Record<string, unknown>)[name] ?? 0);
  return kind === 'money'
    ? (value / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency))
    : String(value);
}

/** The book to send. Throws a message in plain words when something is not a number. */
export function bodyOf(draft: Draft, book: Book): BookBody {
  const read = <F extends Field>(fields: readonly F[], values: Record<string, string>, where: string) =>
    Object.fromEntries(
      fields.map((each) => [each.name, parse(each, values[each.name] ?? '', where, book.currency)]),
    ) as {
      [K in F['name']]: number;
    };
  const ids = new Set([...draft.materials, ...draft.finishes].map(({ id }) => id));
  const named = (row: Row, list: string) => {
    if (row.name.trim() === '') throw new Error(`Give every one of the ${list} a name.`);
    return { id: row.id ?? freeId(row.name, ids), name: row.name.trim() };
  };
  return {
    ...read(
      groups.flatMap((group) => group.fields),
      draft.numbers,
      '',
    ),
    materials: draft.materials.map((row) => ({
      ...named(row, 'materials'),
      process: 'fdm' as const,
      ...read(materialFields, row.values, row.name),
    })),
    finishes: draft.finishes.map((row) => ({
      ...named(row, 'finishes'),
      ...read(finishFields, row.values, row.name),
    })),
    quantityBreaks: draft.breaks
      .map((row) => read(breakFields, row.values, 'quantity break'))
      .sort((a, b) => a.from - b.from),
    taxMode: book.taxMode,
  };
}

function parse({ label, kind }: Field, text: string, where: string, currency: string): number {
  const value = Number(text.trim().replace(',', '.'));
  const name = where === '' ? label : `${where}, ${label}`;
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`“${name}” must be a number from 0 on.`);
  return kind === 'money' ? Math.round(value * 10 ** decimalsOf(currency)) : value;
}

/** `Carbon PETG` -> `carbon-petg`, or `carbon-petg-2` when that is taken. */
function freeId(name: string, taken: Set<string | undefined>): string {
  const wished =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 34) || 'item';
  let id = wished;
  for (let number = 2; taken.has(id); number += 1) id = `${wished}-${number}`;
  taken.add(id);
  return id;
}

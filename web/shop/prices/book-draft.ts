import type { BodyInputOf, OutOf } from '#contract/route.ts';
import type { getPriceBook, replacePriceBook } from '#contract/routes/shops.ts';
import { priceBook } from '#contract/views/price-book.ts';
import { decimalsOf } from '../../shared/format.ts';
import { freeId } from '../free-id.ts';
import { groups, listNames, lists, type Field, type ListName } from './book-fields.ts';

export type Book = OutOf<typeof getPriceBook>;
type BookBody = BodyInputOf<typeof replacePriceBook>;
/** Pages have a route's data without its schemas, so the book's own is asked. */
const bookToSave = priceBook.omit({ version: true, currency: true });

/** One row of a list while it is edited: text as typed, and the id that quotes refer to. */
export interface Row {
  key: string;
  id: string | undefined;
  name: string;
  values: Record<string, string>;
}

/** A book while it is edited: everything as typed. */
export type Draft = { figures: Record<string, string> } & Record<ListName, Row[]>;

let rowCount = 0;
const newRowKey = () => `row-${(rowCount += 1)}`;
const today = () => new Date().toISOString().slice(0, 10);

/** A new row with its choices at the first and nothing typed yet; figures that may well be nothing start at 0. */
export function emptyRow(list: ListName): Row {
  const start = (values: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      lists[list]
        .fields(values)
        .map(({ name, kind, options }) => [
          name,
          kind === 'choice' ? (values[name] ?? options?.[0]?.value ?? '') : kind === 'day' ? today() : '0',
        ]),
    );
  return { key: newRowKey(), id: undefined, name: '', values: start(start({})) };
}

export function draftOf(book: Book): Draft {
  const row = (list: ListName, from: Record<string, unknown>): Row => {
    const process = typeof from['process'] === 'string' ? from['process'] : '';
    const fields: readonly Field[] = lists[list].fields({ process });
    return {
      key: newRowKey(),
      id: typeof from['id'] === 'string' ? from['id'] : undefined,
      name: typeof from['name'] === 'string' ? from['name'] : '',
      values: typed(fields, from, book.currency),
    };
  };
  const rows = Object.fromEntries(
    listNames.map((list) => [list, book[list].map((each) => row(list, each as Record<string, unknown>))]),
  ) as Record<ListName, Row[]>;
  const fields = groups.flatMap((group) => group.fields);
  return { figures: typed(fields, book, book.currency), ...rows };
}

/** `usualMaking.resin.layerMm` of a book. */
const valueAt = (from: object, place: string): unknown =>
  place.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], from);

/** Values by their places, as the object that has them there. */
function nested(values: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [place, value] of Object.entries(values)) {
    const names = place.split('.');
    const last = names.pop() ?? '';
    const inner = names.reduce((at, name) => (at[name] ??= {}) as Record<string, unknown>, whole);
    inner[last] = value;
  }
  return whole;
}

function typed(fields: readonly Field[], from: object, currency: string) {
  return Object.fromEntries(
    fields.map((each) => [each.name, shown(each, valueAt(from, each.name), currency)]),
  );
}

function shown({ kind }: Field, value: unknown, currency: string): string {
  if (kind === 'choice' || kind === 'day') return typeof value === 'string' ? value : '';
  return kind === 'money'
    ? (Number(value ?? 0) / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency))
    : String(Number(value ?? 0));
}

/** The book to send. Throws a message in plain words when something can not be read. */
export function bodyOf(draft: Draft, book: Book): BookBody {
  const read = (fields: readonly Field[], values: Record<string, string>, where: string) =>
    Object.fromEntries(
      fields.map((each) => [each.name, parse(each, values[each.name] ?? '', where, book.currency)]),
    );
  const ids = new Set(listNames.flatMap((list) => draft[list].map(({ id }) => id)));
  const rows = (list: ListName): Record<string, unknown>[] =>
    draft[list].map((row) => {
      const { fields, named, word } = lists[list];
      if (named && row.name.trim() === '') throw new Error(`Give every ${word} a name.`);
      const where = named ? row.name.trim() : word;
      return {
        ...(named ? { id: row.id ?? freeId(row.name, ids), name: where } : {}),
        ...read(fields(row.values), row.values, where),
      };
    });
  const body = {
    ...nested(
      read(
        groups.flatMap((group) => group.fields),
        draft.figures,
        '',
      ),
    ),
    ...Object.fromEntries(listNames.map((list) => [list, rows(list)])),
    quantityBreaks: rows('quantityBreaks').sort((a, b) => Number(a['from']) - Number(b['from'])),
  };
  const checked = bookToSave.safeParse(body);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new Error(`${placeWords(issue?.path ?? [], draft)}: ${issue?.message ?? 'is not valid'}.`);
}

/** Where something is wrong, by the words on the page: `Layer height`, or `PLA, Density`. */
function placeWords(path: readonly PropertyKey[], draft: Draft): string {
  const place = path.join('.');
  const figure = groups.flatMap(({ fields }) => fields).find(({ name }) => name === place);
  if (figure) return `“${figure.label}”`;
  const [list, index, name] = path;
  const named = listNames.find((each) => each === list);
  if (!named) return 'The price book';
  const row = draft[named][Number(index)];
  const fields: readonly Field[] = lists[named].fields(row?.values ?? {});
  const label = fields.find((field) => field.name === name)?.label;
  return `“${[row?.name || lists[named].title, label].filter(Boolean).join(', ')}”`;
}

function parse({ label, kind }: Field, text: string, where: string, currency: string): number | string {
  if (kind === 'choice' || kind === 'day') return text;
  const value = Number(text.trim().replace(',', '.'));
  const name = where === '' ? label : `${where}, ${label}`;
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`“${name}” must be a number from 0 on.`);
  return kind === 'money' ? Math.round(value * 10 ** decimalsOf(currency)) : value;
}

import type { BodyInputOf } from '#contract/route.ts';
import type { ChecklistView, replaceChecklist } from '#contract/routes/quality.ts';
import { templateNames } from '#domain/job/job.ts';
import { freeId } from '../free-id.ts';

type ChecklistBody = BodyInputOf<typeof replaceChecklist>;

/** One thing to look at, as typed. */
export interface ItemDraft {
  key: string;
  /** None yet for a new one. */
  id: string | undefined;
  label: string;
  measured: boolean;
  unit: string;
  absolute: string;
  /** Nothing: the absolute bound alone counts. */
  percent: string;
  required: boolean;
  photo: boolean;
}

export interface ChecklistDraft {
  name: string;
  items: ItemDraft[];
}

let count = 0;
const newKey = () => `item-${(count += 1)}`;

export const newItem = (): ItemDraft => ({
  key: newKey(),
  id: undefined,
  label: '',
  measured: false,
  unit: 'mm',
  absolute: '0.2',
  percent: '',
  required: false,
  photo: false,
});

export const checklistDraftOf = ({ name, items }: ChecklistView): ChecklistDraft => ({
  name,
  items: items.map(({ id, label, tolerance, required = false, photo = false }) => ({
    ...newItem(),
    id,
    label,
    required,
    photo,
    measured: tolerance !== undefined,
    ...(tolerance
      ? {
          unit: tolerance.unit,
          absolute: String(tolerance.absolute),
          percent: tolerance.percent === undefined ? '' : String(tolerance.percent),
        }
      : {}),
  })),
});

/** The list with one item moved by `by` places; unchanged at its ends. */
export function moved(items: readonly ItemDraft[], key: string, by: -1 | 1): ItemDraft[] {
  const from = items.findIndex((each) => each.key === key);
  const to = from + by;
  const rest = [...items];
  if (from < 0 || to < 0 || to >= items.length) return rest;
  rest.splice(to, 0, ...rest.splice(from, 1));
  return rest;
}

/** The list to send. Throws a message in plain words when something can not be read. */
export function checklistBodyOf(id: ChecklistView['id'], { name, items }: ChecklistDraft): ChecklistBody {
  if (name.trim() === '') throw new Error('Give the list a name.');
  if (items.length === 0 && !templateNames.some((each) => each === id))
    throw new Error('A way of making is looked at by at least one item.');
  const ids = new Set(items.map((each) => each.id));
  return {
    id,
    name: name.trim(),
    items: items.map((each) => {
      const label = each.label.trim();
      if (label === '') throw new Error('Say of every item what is looked at, or remove it.');
      return {
        id: each.id ?? freeId(label, ids),
        label,
        ...(each.measured ? { tolerance: toleranceOf(each, label) } : {}),
        ...(each.required ? { required: true } : {}),
        ...(each.photo ? { photo: true } : {}),
      };
    }),
  };
}

function toleranceOf({ unit, absolute, percent }: ItemDraft, label: string) {
  const figure = (text: string, what: string) => {
    const value = Number(text.trim().replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(value) || value < 0)
      throw new Error(`“${label}”: ${what} must be a number from 0 on.`);
    return value;
  };
  if (unit.trim() === '') throw new Error(`“${label}”: name the unit it is measured in.`);
  return {
    unit: unit.trim(),
    absolute: figure(absolute, 'the tolerance'),
    ...(percent.trim() === '' ? {} : { percent: figure(percent, 'the percentage') }),
  };
}

import { expect, test } from 'vitest';
import { checklistIds, firstChecklist } from '#domain/inspection/checklist.ts';
import { checklistBodyOf, checklistDraftOf, moved, newItem } from './checklist-draft.ts';

test.each(checklistIds)('the list of %s is sent as it came when nothing is typed', (id) => {
  const { version: _, ...list } = firstChecklist(id);
  expect(checklistBodyOf(id, checklistDraftOf({ ...list, version: 0 }))).toEqual(list);
});

test('a new item gets an id of its own, also beside one of the same words', () => {
  const item = { ...newItem(), label: 'No smell', required: true, photo: true };
  const draft = {
    name: 'Filament',
    items: [item, { ...newItem(), label: 'No smell', measured: true, percent: '1,5' }],
  };
  expect(checklistBodyOf('fdm', draft).items).toEqual([
    { id: 'no-smell', label: 'No smell', required: true, photo: true },
    { id: 'no-smell-2', label: 'No smell', tolerance: { unit: 'mm', absolute: 0.2, percent: 1.5 } },
  ]);
});

test('what is missing is said in plain words', () => {
  const send = (change: object) => () =>
    checklistBodyOf('fdm', { name: 'Filament', items: [{ ...newItem(), label: 'Length', ...change }] });
  expect(send({ label: ' ' })).toThrow(/what is looked at/);
  expect(send({ measured: true, absolute: 'some' })).toThrow(/“Length”: the tolerance/);
  expect(send({ measured: true, unit: '' })).toThrow(/unit/);
  expect(() => checklistBodyOf('fdm', { name: '', items: [] })).toThrow(/name/);
  expect(() => checklistBodyOf('fdm', { name: 'Filament', items: [] })).toThrow(/at least one item/);
  expect(checklistBodyOf('order', { name: 'Every order', items: [] }).items).toEqual([]);
});

test('items move by one place and stop at the ends', () => {
  const items = ['a', 'b', 'c'].map((key) => ({ ...newItem(), key }));
  const keysOf = (list: typeof items) => list.map(({ key }) => key).join('');
  expect(keysOf(moved(items, 'b', -1))).toBe('bac');
  expect(keysOf(moved(items, 'b', 1))).toBe('acb');
  expect(keysOf(moved(items, 'a', -1))).toBe('abc');
  expect(keysOf(moved(items, 'c', 1))).toBe('abc');
});

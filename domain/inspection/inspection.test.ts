import { describe, expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import {
  checklistIds,
  checklistsFor,
  firstChecklist,
  type Checklist,
  type ChecklistId,
} from './checklist.ts';
import {
  firstPassYield,
  isWithin,
  recordInspection,
  type Answer,
  type InspectionBasis,
} from './inspection.ts';

const now = '2026-11-21T10:00:00.000Z';
const checklist = firstChecklist('fdm');
const good = (list: Checklist = checklist): Answer[] =>
  list.items.map((item) =>
    item.tolerance ? { itemId: item.id, nominal: 20, measured: 20.1 } : { itemId: item.id, result: 'pass' },
  );
const record = (answers: Answer[], change: Partial<InspectionBasis> = {}) =>
  recordInspection(
    {
      id: 'ins_1',
      job: { id: 'job_1', status: 'quality_check', reworkCycle: 0 },
      checklist,
      earlier: 0,
      photoIds: [],
      answers,
      inspector: { personId: 'p1', name: 'Ina' },
      ...change,
    },
    now,
  );
const withAnswer = (itemId: string, answer: Omit<Answer, 'itemId'>) =>
  good().map((each) => (each.itemId === itemId ? { itemId, ...answer } : each));

test.each(checklistIds)('the first list of %s can be answered, and ids are unique', (id) => {
  const list = firstChecklist(id);
  if (list.items.length === 0) return;
  expect(new Set(list.items.map((item) => item.id)).size).toBe(list.items.length);
  expect(record(good(list), { checklist: list })).toMatchObject({ outcome: 'pass', attempt: 1 });
});

test('CO-47 CO-48 the lists name layer adhesion, accuracy and surface; edge, tolerance and integrity', () => {
  const labels = (id: 'fdm' | 'laser') => firstChecklist(id).items.map(({ label }) => label);
  expect(labels('fdm')).toEqual(
    expect.arrayContaining(['Layer adhesion', 'Dimensional accuracy', 'Surface finish']),
  );
  expect(labels('laser').join()).toMatch(/Edge quality.*Dimensional tolerance.*Material integrity/);
});

test('one failed item fails the whole, and says what is wrong', () => {
  expect(record(withAnswer('surface', { result: 'fail', note: 'scratched' }))).toMatchObject({
    outcome: 'fail',
  });
  expect(record(withAnswer('surface', { result: 'fail' }))).toMatchObject({
    refused: 'invalid',
    field: 'items.surface',
  });
});

test('a measured item is judged by its figures, whatever the inspector says', () => {
  expect(record(withAnswer('dimensions', { nominal: 20, measured: 20.3 }))).toMatchObject({
    outcome: 'fail',
  });
  expect(record(withAnswer('dimensions', { result: 'pass', nominal: 20, measured: 20.3 }))).toMatchObject({
    refused: 'invalid',
    field: 'items.dimensions',
  });
  expect(record(withAnswer('dimensions', { result: 'pass' }))).toMatchObject({ field: 'items.dimensions' });
  expect(record(withAnswer('dimensions', { result: 'na' }))).toMatchObject({ outcome: 'pass' });
});

test('every item is answered exactly once, and no other', () => {
  expect(isRefusal(record(good().slice(1)))).toBe(true);
  expect(isRefusal(record([...good(), ...good().slice(0, 1)]))).toBe(true);
  expect(record([...good(), { itemId: 'else', result: 'pass' }])).toMatchObject({ field: 'items' });
});

test('an item that is looked at on every job is no "not applicable"; one that wants a photo gets one of this job', () => {
  const list: Checklist = {
    ...checklist,
    items: [
      { id: 'count', label: 'Count', required: true },
      { id: 'front', label: 'Front', photo: true },
    ],
  };
  const look = (count: Partial<Answer>, front: Partial<Answer>) =>
    record(
      [
        { itemId: 'count', result: 'pass', ...count },
        { itemId: 'front', result: 'pass', ...front },
      ],
      { checklist: list, photoIds: ['photo_1'] },
    );
  expect(look({ result: 'na' }, { photoIds: ['photo_1'] })).toMatchObject({ field: 'items.count' });
  expect(look({}, {})).toMatchObject({ field: 'items.front' });
  expect(look({}, { photoIds: ['photo_2'] })).toMatchObject({ field: 'items.front' });
  expect(look({}, { result: 'na' })).toMatchObject({ outcome: 'pass' });
  expect(look({}, { photoIds: ['photo_1'] })).toMatchObject({
    items: [{ itemId: 'count' }, { itemId: 'front', photoIds: ['photo_1'] }],
  });
});

test('CO-46 a job is looked at by the lists of its ways of making and of its kind, as far as they have items', () => {
  const lists = checklistIds.map(firstChecklist);
  const idsFor = (template: ChecklistId, ...processes: ChecklistId[]) =>
    checklistsFor(lists, { template, processes }).map(({ id }) => id);
  expect(idsFor('fabrication', 'fdm', 'laser', 'fdm')).toEqual(['fdm', 'laser']);
  expect(idsFor('repair')).toEqual(['repair']);
  expect(record([], { checklist: firstChecklist('order') })).toMatchObject({ refused: 'not_ready' });
});

test('what is not made yet can not be inspected', () =>
  expect(record(good(), { job: { id: 'job_1', status: 'quoted', reworkCycle: 0 } })).toMatchObject({
    refused: 'not_allowed_now',
  }));

test('the bound is the larger of the absolute and the relative one, and itself good', () => {
  const tolerance = { unit: 'mm', absolute: 0.2, percent: 0.5 };
  expect(isWithin(tolerance, 20, 20.2)).toBe(true);
  expect(isWithin(tolerance, 20, 20.21)).toBe(false);
  expect(isWithin(tolerance, 100, 99.5)).toBe(true);
  expect(isWithin(tolerance, 100, 99.4)).toBe(false);
});

describe('first-pass yield', () => {
  const look = (at: string, outcome: 'pass' | 'fail', attempt = 1) => ({ at, outcome, attempt });
  test("CO-52 counts first looks by month of the shop's zone; later looks change nothing", () =>
    expect(
      firstPassYield(
        [
          look('2026-10-31T23:30:00.000Z', 'pass'),
          look('2026-10-15T10:00:00.000Z', 'fail'),
          look('2026-10-16T10:00:00.000Z', 'pass', 2),
          look('2026-11-02T10:00:00.000Z', 'pass'),
          look('2026-11-03T10:00:00.000Z', 'fail'),
        ],
        'Europe/Vienna',
      ),
    ).toEqual([
      { month: '2026-10', inspected: 1, passed: 0, percent: 0 },
      { month: '2026-11', inspected: 3, passed: 2, percent: 66.7 },
    ]));
});

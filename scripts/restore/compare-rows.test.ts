import { expect, test } from 'vitest';
import { compareRows } from './compare-rows.ts';

const row = (entity: string, fields: object) => ({ entity, item: { pk: 'p', sk: 's', ...fields } });
const stored = (fields: object) => ({ pk: 'p', sk: 's', ...fields });

test('what is gone is missing, what says the same needs nothing, whatever watch list it stands on', () => {
  expect(compareRows(row('part', { good: 1 }), undefined)).toEqual({ is: 'missing' });
  expect(compareRows(row('part', { good: 1 }), stored({ good: 1, syspk: 'x' }))).toEqual({ is: 'same' });
});

test('what differs is named field by field', () => {
  const fate = compareRows(row('job', { title: 'a', tags: [1], gone: 1 }), stored({ title: 'b', tags: [1] }));
  expect(fate).toEqual({ is: 'differs', fields: ['title', 'gone'] });
});

test('a running number is raised and never lowered', () => {
  expect(compareRows(row('counter', { value: 7 }), stored({ value: 5 }))).toEqual({ is: 'lower' });
  expect(compareRows(row('counter', { value: 7 }), stored({ value: 9 }))).toEqual({ is: 'keep' });
});

test('which execution conducts a job, and where an agent is, the table knows better', () => {
  expect(compareRows(row('workflow', { generation: 1 }), stored({ generation: 3 }))).toEqual({ is: 'keep' });
  expect(compareRows(row('agent', { factSeq: 1 }), stored({ factSeq: 3 }))).toEqual({ is: 'keep' });
});

test('what a shop has used, and how it stands with Kerf, the table knows better', () => {
  expect(compareRows(row('usage', { calls: 1 }), stored({ calls: 3 }))).toEqual({ is: 'keep' });
  expect(compareRows(row('standing', { plan: 'pro' }), stored({ plan: 'trial' }))).toEqual({ is: 'keep' });
  expect(compareRows(row('usage', { calls: 1 }), undefined)).toEqual({ is: 'missing' });
});

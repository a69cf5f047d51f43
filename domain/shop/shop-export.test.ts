import { expect, test } from 'vitest';
import {
  askExport,
  exportSections,
  finishExport,
  sectionAfter,
  takeUp,
  type ShopExport,
} from './shop-export.ts';

const at = '2026-11-21T10:00:00.000Z';
const wish = {
  id: 'exp_1',
  shopId: 'shop_1',
  askedAt: at,
  askedBy: { personId: 'p', name: 'Ana', email: 'ana@shop.example' },
  seq: 7,
};
const asked = (): ShopExport => askExport(wish, []);

test('who asks while an export is made gets that one; after its end another is made', () => {
  expect(askExport({ ...wish, id: 'exp_2' }, [asked()])).toEqual(asked());
  const next = askExport({ ...wish, id: 'exp_2' }, [finishExport(asked(), at)]);
  expect(next).toMatchObject({ id: 'exp_2', state: 'running', seq: 7 });
});

test('an export that comes to nothing eight times is given up; each try holds it until its lease ends', () => {
  let row = asked();
  for (let tries = 1; tries <= 8; tries += 1) row = takeUp(row, at, '2026-11-21T10:06:00.000Z');
  expect(row).toMatchObject({ state: 'running', tries: 8, leaseUntil: '2026-11-21T10:06:00.000Z' });
  expect(takeUp(row, at, at)).toMatchObject({ state: 'failed', endedAt: at });
});

test('a finished export lies there for a week', () => {
  expect(finishExport(asked(), at)).toMatchObject({ state: 'ready', expiresAt: '2026-11-28T10:00:00.000Z' });
});

test('running numbers are written after the jobs that were counted by them, files last', () => {
  expect(exportSections.indexOf('shop')).toBeGreaterThan(exportSections.indexOf('changed'));
  expect(sectionAfter('members')).toBe('files');
  expect(sectionAfter('files')).toBeUndefined();
});

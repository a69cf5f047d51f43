import { expect, test } from 'vitest';
import {
  askExport,
  exportSections,
  filesAreOver,
  finishExport,
  sectionAfter,
  takeUp,
  withoutFiles,
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

test('what is written of an export, finished or given up, goes after a week; nobody looks at it again', () => {
  const week = '2026-11-28T10:00:00.000Z';
  const givenUp = takeUp({ ...asked(), tries: 8 }, at, at);
  for (const ended of [finishExport(asked(), at), givenUp]) {
    expect(filesAreOver(ended, '2026-11-28T09:59:59.999Z')).toBe(false);
    expect(filesAreOver(ended, week)).toBe(true);
    const after = withoutFiles(ended);
    expect(after).toMatchObject({
      state: ended === givenUp ? 'failed' : 'expired',
      revision: ended.revision + 1,
    });
    expect(filesAreOver(after, week)).toBe(false);
  }
  expect(withoutFiles(givenUp).expiresAt).toBeUndefined();
  expect(filesAreOver(asked(), week)).toBe(false);
});

test('running numbers are written after the jobs that were counted by them, files last', () => {
  expect(exportSections.indexOf('shop')).toBeGreaterThan(exportSections.indexOf('changed'));
  expect(sectionAfter('members')).toBe('files');
  expect(sectionAfter('files')).toBeUndefined();
});

import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { afterVainLook, closeShop, countRemoved, reopenRefusal, shutOut, takeDeletion } from './closing.ts';

const shop = { id: 'shop_1', name: 'Ana Prints' };
const by = { personId: 'p', name: 'Ana' };
const now = '2026-11-21T10:00:00.000Z';
const end = '2026-12-05T10:00:00.000Z';
const closed = () => {
  const closing = closeShop(shop, undefined, { typedName: ' Ana Prints ', by, now });
  if (isRefusal(closing)) throw new Error(closing.message);
  return closing;
};

test('only who types the name closes the shop, once, for a fortnight', () => {
  expect(closeShop(shop, undefined, { typedName: 'ana prints', by, now })).toMatchObject({ field: 'name' });
  expect(closed()).toMatchObject({ deleteAt: end, askedBy: by });
  expect(closeShop(shop, closed(), { typedName: 'Ana Prints', by, now })).toMatchObject({
    refused: 'not_allowed_now',
  });
});

test('it is opened again until the last moment, and not after', () => {
  expect(reopenRefusal(closed(), '2026-12-05T09:59:59.999Z')).toBeUndefined();
  expect(reopenRefusal(closed(), end)).toMatchObject({ refused: 'expired' });
  expect(reopenRefusal(undefined, now)).toBeUndefined();
});

test('nothing is deleted before its time, nor by two at once', () => {
  const later = '2026-12-05T10:06:00.000Z';
  expect(takeDeletion(closed(), '2026-12-05T09:59:59.999Z', later)).toBeUndefined();
  const taken = takeDeletion(closed(), end, later);
  expect(taken).toMatchObject({ leaseUntil: later, revision: 2 });
  expect(takeDeletion(taken!, end, later)).toBeUndefined();
});

test('after the ways in are closed a quarter of an hour passes before anything is deleted', () => {
  const closing = shutOut(closed(), end);
  expect(takeDeletion(closing, '2026-12-05T10:15:59.999Z', end)).toBeUndefined();
  expect(takeDeletion(closing, '2026-12-05T10:16:00.000Z', end)).toMatchObject({ shutOutAt: end });
});

test('what was deleted adds up', () => {
  const once = countRemoved(closed(), { job: 2 }, end);
  expect(countRemoved(once, { job: 1, part: 4 }, end).removed).toEqual({ job: 3, part: 4 });
});

test('it is over when nothing is found by a look that began six minutes after the last find', () => {
  const emptied = countRemoved(shutOut(closed(), end), { job: 2 }, '2026-12-05T10:16:30.000Z');
  const again = afterVainLook(emptied, '2026-12-05T10:16:31.000Z');
  expect(again).toMatchObject({ leaseUntil: '2026-12-05T10:22:30.000Z', revision: emptied.revision + 1 });
  expect(afterVainLook(again!, '2026-12-05T10:22:29.999Z')).toBeDefined();
  expect(afterVainLook(again!, '2026-12-05T10:22:30.000Z')).toBeUndefined();
});

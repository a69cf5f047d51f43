import { expect, test } from 'vitest';
import { findWords, queryWords } from './find-words.ts';

const shop = {
  name: 'Änna’s Print & Laser GmbH',
  slug: 'anna-s-print-laser-gmbh',
  email: 'Anna+kerf@Shop.Example',
};

test('a shop is found by each word of its name, its portal’s address and its owner’s address', () => {
  expect(findWords(shop)).toEqual([
    'anna',
    'print',
    'laser',
    'gmbh',
    'anna-s-print-laser-gmbh',
    'anna+kerf@shop.example',
  ]);
});

test('what is typed is folded like what is stored, and nothing of it can separate parts of a key', () => {
  expect(queryWords('  ÄNNA laser')).toEqual({ first: 'anna', others: ['laser'] });
  expect(queryWords('Anna-S-print')).toEqual({ first: 'anna-s-print', others: [] });
  expect(queryWords('anna+kerf@SHOP#x')).toEqual({ first: 'anna+kerf@shopx', others: [] });
  expect(queryWords('#')).toBeUndefined();
  expect(queryWords('a')).toBeUndefined();
  for (const word of findWords({ name: 'A#B ## C#D', slug: 'a-b', email: 'x#y@z.example' }))
    expect(word).not.toContain('#');
});

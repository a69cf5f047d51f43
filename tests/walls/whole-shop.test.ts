import { expect, test } from 'vitest';
import { shopPatterns } from './access-patterns.ts';

const { passingPartitions, reachedPartitions } =
  await import('#lambdas/adapters/dynamo/repositories/whole-shop.ts');

test('every partition of a shop is found by its export and its deletion, or expires by itself', () => {
  const kinds = shopPatterns()
    .filter(({ index }) => index === undefined)
    .map(({ partitionKey }) => partitionKey.split('#')[2] ?? '');
  expect([...new Set(kinds)].sort()).toEqual([...reachedPartitions, ...passingPartitions].sort());
});

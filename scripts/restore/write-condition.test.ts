import { expect, test } from 'vitest';
import { writeCondition } from './write-condition.ts';

const row = (pk: string) => ({ entity: 'row', item: { pk, sk: 's' } });

test('a row that appeared since it was missed is not replaced', () => {
  expect(writeCondition(row('DIR#SLUG#a'), undefined, 'shop_1')).toEqual({
    ConditionExpression: 'attribute_not_exists(pk)',
  });
});

test('a row outside of the shop is replaced only while it is the shop’s, whatever version it has', () => {
  const before = { pk: 'DIR#SLUG#a', sk: 's', shopId: 'shop_1', version: 3 };
  for (const pk of ['DIR#SLUG#a', 'SHOP#shop_11#SHOP'])
    expect(writeCondition(row(pk), before, 'shop_1')).toMatchObject({
      ExpressionAttributeNames: { '#name': 'shopId' },
      ExpressionAttributeValues: { ':value': 'shop_1' },
    });
});

test('a row of the shop is replaced only in the version that was compared', () => {
  const pk = 'SHOP#shop_1#JOB#1';
  expect(writeCondition(row(pk), { pk, sk: 's', version: 3 }, 'shop_1')).toMatchObject({
    ExpressionAttributeValues: { ':value': 3 },
  });
  expect(writeCondition(row(pk), { pk, sk: 's' }, 'shop_1')).toEqual({});
});

import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { BusyError, commit, ConflictError, put } from './commit.ts';

/** DynamoDB's cancellation, which the embedded engine never shows: it runs one transaction at a time. */
const canceled = (...codes: string[]) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'Transaction cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

/** Answers each call with the next outcome, then with success. */
function clientWith(outcomes: Error[]) {
  const calls = { count: 0 };
  const send = (): Promise<unknown> => {
    const outcome = outcomes[calls.count];
    calls.count += 1;
    return outcome ? Promise.reject(outcome) : Promise.resolve({});
  };
  return { client: { send } as unknown as DynamoDBDocumentClient, calls };
}
const writes = [put('job', {}), put('part', {})];

test('a row that another transaction holds is waited for', async () => {
  const { client, calls } = clientWith([canceled('TransactionConflict', 'None')]);
  await commit(client, writes);
  expect(calls.count).toBe(2);
});

test('a failed condition is told at once, and only the rows at fault are named', async () => {
  const { client, calls } = clientWith([canceled('TransactionConflict', 'ConditionalCheckFailed')]);
  await expect(commit(client, writes)).rejects.toEqual(new ConflictError(['part']));
  expect(calls.count).toBe(1);
});

test('rows that stay held are never taken for a failed condition', async () => {
  const { client } = clientWith(Array.from({ length: 20 }, () => canceled('None', 'TransactionConflict')));
  const outcome = await commit(client, writes).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(BusyError);
  expect(outcome).not.toBeInstanceOf(ConflictError);
});

import type { Write } from '../adapters/dynamo/commit.ts';
import type { IdempotencyStore } from '../adapters/dynamo/repositories/idempotency.ts';
import { sha256 } from '../adapters/hash.ts';
import { callerKey } from './caller.ts';
import { ApiError } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** Makes the row that records the result; put it into the transaction that does the work. Empty without a key. */
export type RecordResult = (result: unknown) => Write[];

/**
 * Does the work once per caller and Idempotency-Key. A repeated call gets the first call's result without doing anything.
 * The result is small (ids): the answer is rendered from it, so that a repeat shows the thing as it is now.
 * @throws ApiError `idempotency_key_reused` when the key came with another body
 */
export async function once<T>(
  store: IdempotencyStore,
  request: ApiRequest,
  work: (record: RecordResult) => Promise<T>,
): Promise<T> {
  const { idempotencyKey, route, rawBody, caller } = request;
  if (idempotencyKey === undefined) return work(() => []);
  const keyHash = sha256(`${callerKey(caller)}|${idempotencyKey}`);
  const bodyHash = sha256(
    `${route.id}|${JSON.stringify([request.params ?? null, request.query ?? null])}|${rawBody}`,
  );

  const before = await replay<T>(store, keyHash, bodyHash);
  if (before) return before.result;
  try {
    return await work((result) => [store.write(keyHash, bodyHash, result)]);
  } catch (error) {
    // The same call may have run beside us and won; then ours was refused on what it had changed.
    const meanwhile = await replay<T>(store, keyHash, bodyHash);
    if (meanwhile) return meanwhile.result;
    throw error;
  }
}

async function replay<T>(
  store: IdempotencyStore,
  keyHash: string,
  bodyHash: string,
): Promise<{ result: T } | undefined> {
  const row = await store.read(keyHash);
  if (!row) return undefined;
  if (row.bodyHash !== bodyHash)
    throw new ApiError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request. Use a fresh one.',
      'Idempotency-Key',
    );
  return { result: row.result as T };
}

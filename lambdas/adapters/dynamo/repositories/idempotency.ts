import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** Where results of idempotent calls are kept. */
export interface IdempotencyStore {
  read(keyHash: string): Promise<{ bodyHash: string; result: unknown } | undefined>;
  write(keyHash: string, bodyHash: string, result: unknown): Write;
}

const keptSeconds = 48 * 3600;

export const idempotencyOf = ({ entities }: Tenant): IdempotencyStore => ({
  async read(keyHash) {
    const { data } = await entities.idempotency.get({ keyHash }).go({ consistent: true });
    return data ? { bodyHash: data.bodyHash, result: data.response } : undefined;
  },
  write: (keyHash, bodyHash, result) =>
    put(
      'idempotency',
      entities.idempotency
        .create({ keyHash, bodyHash, response: result, ttl: Math.floor(Date.now() / 1000) + keptSeconds })
        .params(),
    ),
});

import { now } from '../../clock.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

/** Where results of idempotent calls are kept. */
export interface IdempotencyStore {
  read(keyHash: string): Promise<{ bodyHash: string; result: unknown } | undefined>;
  write(keyHash: string, bodyHash: string, result: unknown): Write;
}

const keptSeconds = 48 * 3600;

/** Until when a result is kept, seconds since 1970 of business time, by which expired rows are swept. */
export const keptUntil = (): number => Math.floor(Date.parse(now()) / 1000) + keptSeconds;

export const idempotencyOf = ({ entities }: Tenant): IdempotencyStore => ({
  async read(keyHash) {
    const { data } = await entities.idempotency.get({ keyHash }).go({ consistent: true });
    return data ? { bodyHash: data.bodyHash, result: data.response } : undefined;
  },
  write: (keyHash, bodyHash, result) =>
    put(
      'idempotency',
      entities.idempotency.create({ keyHash, bodyHash, response: result, ttl: keptUntil() }).params(),
    ),
});

import { check, commit, ConflictError, type Write } from './commit.ts';
import type { Tenant } from './tenant.ts';

/** For rows that nothing else asks for the shop: one that was deleted meanwhile gets none again. A failed condition means nothing is written. */
export async function commitWhileThere(t: Tenant, writes: readonly Write[]): Promise<void> {
  const shopIsThere = check('shop', t.entities.shop.get({}).params(), 'id', t.shopId);
  try {
    await commit(t.client, [...writes, shopIsThere]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}

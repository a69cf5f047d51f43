import { commit, type Write } from './commit.ts';
import { shopAndDirectoryClient } from './shop-client.ts';

/** Writes directory rows together with the rows of one shop. */
export const commitWithShop = (shopId: string, writes: readonly Write[]): Promise<void> =>
  commit(shopAndDirectoryClient(shopId), writes);

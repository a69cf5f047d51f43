import * as routes from '#contract/routes/console.ts';
import { id } from '#contract/ids.ts';
import { findWords, queryWords } from '#domain/platform/find-words.ts';
import { shopFinder, type FoundShop } from '../../adapters/dynamo/directory.ts';
import { findShop } from '../../adapters/dynamo/repositories/shops.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { implement } from '../../http/stack.ts';

const mostFinds = 50;
/** A word may be common: so many of its shops are looked at for the other words. */
const mostLookedAt = 500;

export const findShops = implement(routes.findShops, async ({ query: { q = '' } }) => ({
  shops: (await finds(q)).slice(0, mostFinds).map(({ shopId, ...shop }) => ({ id: shopId, ...shop })),
}));

async function finds(q: string): Promise<FoundShop[]> {
  if (q === '') return shopFinder.newest(mostFinds);
  if (id('shop').safeParse(q).success) {
    const shop = await findShop(tenant(q));
    return shop ? [{ ...shop, shopId: shop.id }] : [];
  }
  const words = queryWords(q);
  if (!words) return [];
  const shops = await shopFinder.beginning(words.first, mostLookedAt);
  const once = new Map(shops.map((shop) => [shop.shopId, shop]));
  return [...once.values()].filter((shop) =>
    words.others.every((word) => findWords(shop).some((of) => of.startsWith(word))),
  );
}

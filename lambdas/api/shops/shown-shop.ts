import type { ShopView } from '#contract/routes/shops.ts';
import { loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { shopView } from './shop-view.ts';

/** The shop as its staff sees it, and whether it is closed. */
export async function shownShop(t: Tenant): Promise<ShopView> {
  const [shop, closing] = await Promise.all([loadShop(t), loadClosing(t)]);
  return shopView(shop, closing);
}

import * as routes from '#contract/routes/shops.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { standingOf } from '../../http/standing.ts';
import { inShop } from '../access.ts';
import { shopView } from './shop-view.ts';

export const getShop = implement(routes.getShop, async ({ caller }) => {
  const { t } = inShop(caller);
  const [shop, { suspension }] = await Promise.all([loadShop(t), standingOf(t.shopId)]);
  return { ...shopView(shop), ...(suspension ? { suspension } : {}) };
});

import * as routes from '#contract/routes/shops.ts';
import { implement } from '../../http/stack.ts';
import { standingOf } from '../../http/standing.ts';
import { inShop } from '../access.ts';
import { shownShop } from './shown-shop.ts';

export const getShop = implement(routes.getShop, async ({ caller }) => {
  const { t } = inShop(caller);
  const [shop, { suspension }] = await Promise.all([shownShop(t), standingOf(t.shopId)]);
  return { ...shop, ...(suspension ? { suspension } : {}) };
});

import * as routes from '#contract/routes/shops.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { shopView } from './shop-view.ts';

export const getShop = implement(routes.getShop, async ({ caller }) =>
  shopView(await loadShop(inShop(caller).t)),
);

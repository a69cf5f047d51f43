import * as routes from '#contract/routes/shops.ts';
import { listPriceBooks as listVersions } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const listPriceBooks = implement(routes.listPriceBooks, async ({ caller }) => ({
  versions: await listVersions(inShop(caller).t),
}));

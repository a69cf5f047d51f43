import * as routes from '#contract/routes/shops.ts';
import { reopenRefusal } from '#domain/shop/closing.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadClosing, removeClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { shownShop } from './shown-shop.ts';

export const reopenShop = implement(routes.reopenShop, async ({ caller }) => {
  const { t } = inShop(caller);
  const closing = await loadClosing(t);
  const refusal = reopenRefusal(closing, now());
  if (refusal) throw refused(refusal);
  if (closing) await commit(t.client, [removeClosing(t, closing)]);
  return shownShop(t);
});

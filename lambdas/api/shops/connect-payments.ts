import * as routes from '#contract/routes/shops.ts';
import { commitWithShop } from '../../adapters/dynamo/commit-with-shop.ts';
import { paymentAccounts } from '../../adapters/dynamo/directory.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadShop, putShop } from '../../adapters/dynamo/repositories/shops.ts';
import { openAccount } from '../../adapters/stripe/stripe.ts';
import { once } from '../../http/once.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { shownShop } from './shown-shop.ts';

export const connectPayments = implement(routes.connectPayments, async (request) => {
  const { t } = inShop(request.caller);
  await once(idempotencyOf(t), request, async (record) => {
    const shop = await loadShop(t);
    if (shop.paymentAccountId) return {};
    // One account a shop, whoever asks and how often: the shop's id is the provider's idempotency key.
    const paymentAccountId = await openAccount(shop, `account-${shop.id}`);
    await commitWithShop(t.shopId, [
      putShop(t, { ...shop, paymentAccountId, version: shop.version + 1 }),
      paymentAccounts.write(paymentAccountId, t.shopId),
      ...record({}),
    ]);
    return {};
  });
  return shownShop(t);
});

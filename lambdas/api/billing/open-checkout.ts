import * as routes from '#contract/routes/billing.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { paymentPage } from './payment-page.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const openCheckout = implement(routes.openCheckout, async (request) => {
  const { caller, t } = inShop(request.caller);
  const invoice = await visibleInvoice(t, caller, request.params.invoiceId);
  if (invoice.state === 'paid') throw new ApiError('not_allowed_now', 'This invoice is paid already.');
  const { paymentAccountId, name } = await loadShop(t);
  if (!paymentAccountId)
    throw new ApiError('not_ready', 'The shop takes no online payments. Ask it how to pay.');
  const { returnPath } = request.body;
  return once(idempotencyOf(t), request, async (record) => {
    const url = await paymentPage(t, { invoice, shop: { name, paymentAccountId }, returnPath });
    await commit(t.client, record({ url }));
    return { url };
  });
});

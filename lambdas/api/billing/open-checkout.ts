import * as routes from '#contract/routes/billing.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { askedForInvoice, paymentPage } from '../../use-cases/take-online.ts';
import { inShop } from '../access.ts';
import { keptFor, shopThatTakes } from './online.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const openCheckout = implement(routes.openCheckout, async (request) => {
  const { caller, t } = inShop(request.caller);
  const invoice = await visibleInvoice(t, caller, request.params.invoiceId);
  if (invoice.state === 'paid') throw new ApiError('not_allowed_now', 'This invoice is paid already.');
  const shop = await shopThatTakes(t);
  const { returnPath, keepMethod } = request.body;
  return once(idempotencyOf(t), request, async (record) => {
    const keepFor = keepMethod ? await keptFor(t, caller, shop) : undefined;
    const ask = () => askedForInvoice(t, invoice, shop);
    const { url } = await paymentPage(t, { ask, shop, returnPath, keepFor });
    await commit(t.client, record({ url }));
    return { url };
  });
});

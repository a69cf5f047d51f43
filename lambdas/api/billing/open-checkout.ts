import * as routes from '#contract/routes/billing.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { sha256 } from '../../adapters/hash.ts';
import { once } from '../../http/once.ts';
import { openCheckoutPage } from '../../adapters/stripe/stripe.ts';
import { environment } from '../../env.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { visibleInvoice } from './visible-invoice.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

export const openCheckout = implement(routes.openCheckout, async (request) => {
  const { caller, t } = inShop(request.caller);
  const invoice = await visibleInvoice(t, caller, request.params.invoiceId);
  if (invoice.state === 'paid') throw new ApiError('not_allowed_now', 'This invoice is paid already.');
  const { paymentAccountId, name } = await loadShop(t);
  if (!paymentAccountId)
    throw new ApiError('not_ready', 'The shop takes no online payments. Ask it how to pay.');

  const back = `${PUBLIC_URL}${request.body.returnPath}`;
  return once(idempotencyOf(t), request, async (record) => {
    // The provider keeps the result of a key, so a crash before our own record opens no second page.
    const key = sha256(`${t.shopId}|${invoice.id}|${request.idempotencyKey ?? ''}`);
    const url = await openCheckoutPage(
      {
        account: paymentAccountId,
        invoiceId: invoice.id,
        label: `${name}, invoice ${invoice.number}`,
        amountMinor: invoice.totalMinor,
        currency: invoice.currency,
        customerEmail: invoice.customer.email,
        successUrl: back,
        cancelUrl: back,
      },
      key,
    );
    await commit(t.client, record({ url }));
    return { url };
  });
});

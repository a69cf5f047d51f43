import * as routes from '#contract/routes/billing.ts';
import { loadJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
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
    const loaded = await loadJob(t, invoice.jobId);
    if (!loaded) throw notFound();
    const asked = await askedForInvoice(t, loaded.job, invoice, shop);
    const keepFor = keepMethod ? await keptFor(t, caller, shop) : undefined;
    const url = await paymentPage(t, { asked, shop, returnPath, keepFor });
    await commit(t.client, record({ url }));
    return { url };
  });
});

import * as routes from '#contract/routes/documents.ts';
import { purchaseOrdersOfJob } from '../../adapters/dynamo/repositories/documents.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { purchaseOrderView } from './purchase-order-view.ts';

export const listPurchaseOrders = implement(routes.listPurchaseOrders, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { job } = await visibleJob(t, caller, params.jobId);
  return { purchaseOrders: (await purchaseOrdersOfJob(t, job.id)).map(purchaseOrderView) };
});

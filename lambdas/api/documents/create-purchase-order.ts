import * as routes from '#contract/routes/documents.ts';
import { issuePurchaseOrder } from '#domain/purchase-order/purchase-order.ts';
import { wordTo } from '#domain/vendor/vendor.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { purchaseOrdersOfJob, purchaseOrderWrites } from '../../adapters/dynamo/repositories/documents.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { eventWrite } from '../../adapters/dynamo/repositories/jobs.ts';
import { lastSerial } from '../../adapters/dynamo/repositories/serials.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { newId } from '../../adapters/ids.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { numberAnew } from '../../use-cases/number-anew.ts';
import { inShop, visibleJob } from '../access.ts';
import { purchaseOrderView } from './purchase-order-view.ts';

/** Purchase orders a job may have. */
const mostOrders = 40;

export const createPurchaseOrder = implement(routes.createPurchaseOrder, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { job } = await visibleJob(t, caller, jobId);
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    if ((await purchaseOrdersOfJob(t, jobId)).length >= mostOrders)
      throw new ApiError('not_ready', `A job holds at most ${mostOrders} purchase orders.`);
    const { currency } = await loadShop(t);
    const result = { id: newId('po') };
    await numberAnew(async () => {
      const serial = (await lastSerial(t, 'purchase_orders')) + 1;
      const instant = now();
      const { send, ...wishes } = request.body;
      const order = issuePurchaseOrder({ ...wishes, ...result, serial, job, currency }, instant);
      const event = {
        type: 'purchase_order.issued' as const,
        data: { number: order.number, purchaseOrderId: order.id, ...wordTo(order.vendor, 'order') },
        ...(send ? {} : { quiet: true }),
      };
      await commit(t.client, [
        ...purchaseOrderWrites(t, order, serial),
        eventWrite(t, job, event, actorOf(caller, job.customer.name), instant),
        ...record(result),
      ]);
    });
    return result;
  });
  const order = (await purchaseOrdersOfJob(t, jobId)).find((each) => each.id === id);
  if (!order) throw notFound();
  return purchaseOrderView(order);
});

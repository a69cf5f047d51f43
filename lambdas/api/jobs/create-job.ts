import * as routes from '#contract/routes/jobs.ts';
import { createJob as openJob } from '#domain/job/create.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { createJobWrites } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadCustomer, nextJobSerial } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderJob } from './job-view.ts';

export const createJob = implement(routes.createJob, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { customerId: named, ...wishes } = request.body;
  const { jobId } = await once(idempotencyOf(t), request, async (record) => {
    const customer = await loadCustomer(t, (caller.kind === 'staff' ? named : caller.customerId) ?? '');
    if (!customer) throw new ApiError('invalid_request', 'Choose a customer of the shop.', 'customerId');
    const instant = now();
    const job = openJob(
      {
        ...wishes,
        id: newId('job'),
        shopId: t.shopId,
        serial: await nextJobSerial(t),
        customer: { customerId: customer.id, name: customer.name, email: customer.email },
        source: caller.kind === 'staff' ? 'staff' : 'portal',
      },
      instant,
    );
    const result = { jobId: job.id };
    await commit(t.client, [
      ...createJobWrites(t, job, actorOf(caller, customer.name), instant),
      ...record(result),
    ]);
    return result;
  });
  return renderJob(t, caller, jobId);
});

import * as routes from '#contract/routes/jobs.ts';
import { snapshotOf } from '#domain/customer/customer.ts';
import { createJob as openJob } from '#domain/job/create.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { createJobWrites } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { loadShop, nextJobSerial } from '../../adapters/dynamo/repositories/shops.ts';
import { loadTemplates } from '../../adapters/dynamo/repositories/templates.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { commitNewJob, needFewDrafts } from '../within-plan.ts';
import { renderJob } from './job-view.ts';
import { salespersonOf } from './salesperson.ts';

export const createJob = implement(routes.createJob, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { customerId: named, template: name, salespersonId, promisedDate, shipTo, ...wishes } = request.body;
  const { jobId } = await once(idempotencyOf(t), request, async (record) => {
    await needFewDrafts(t, caller);
    const customer = await loadCustomer(t, (caller.kind === 'staff' ? named : caller.customerId) ?? '');
    if (!customer) throw new ApiError('invalid_request', 'Choose a customer of the shop.', 'customerId');
    if (customer.archivedAt !== undefined && caller.kind === 'staff')
      throw new ApiError('not_ready', `${customer.name} is archived. Put them back first.`, 'customerId');
    if (caller.kind !== 'staff' && (await loadClosing(t)))
      throw new ApiError('not_ready', 'This shop is closed.');
    if (wishes.spec !== undefined && caller.kind !== 'staff')
      throw new ApiError('wrong_role', 'The specification is written by the shop.', 'spec');
    if (shipTo !== undefined && !customer.addresses?.some(({ label }) => label === shipTo))
      throw new ApiError('invalid_request', `${customer.name} has no address "${shipTo}".`, 'shipTo');
    const [shop, templates] = await Promise.all([loadShop(t), loadTemplates(t)]);
    const { template } = templates[name];
    const salesperson = await salespersonOf(caller, shop, template, salespersonId);
    const promised = promisedDateOf(caller.kind, template.needsPromise, promisedDate, wishes.wantedBy);
    const instant = now();
    const job = openJob(
      {
        ...wishes,
        id: newId('job'),
        shopId: t.shopId,
        serial: await nextJobSerial(t),
        customer: snapshotOf(customer, shipTo),
        source: caller.kind === 'staff' ? 'staff' : 'portal',
        ...(salesperson ? { salesperson } : {}),
        ...(promised === undefined ? {} : { promisedDate: promised }),
      },
      template,
      shop.timeZone,
      instant,
    );
    if (isRefusal(job)) throw refused(job);
    const result = { jobId: job.id };
    const actor = actorOf(caller, customer.name);
    const writes = [...createJobWrites(t, job, template, actor, instant), ...record(result)];
    await commitNewJob(t, caller, writes, instant);
    return result;
  });
  return renderJob(t, caller, jobId);
});

/** A customer promises nothing: where a date must be promised, the deadline they ask for is it. */
function promisedDateOf(
  kind: string,
  needed: boolean,
  promised: string | undefined,
  wanted: string | undefined,
): string | undefined {
  if (kind === 'staff') return promised;
  return needed ? wanted : undefined;
}

import * as routes from '#contract/routes/jobs.ts';
import { snapshotOf } from '#domain/customer/customer.ts';
import { createJob as openJob } from '#domain/job/create.ts';
import { withPicture } from '#domain/job/picture.ts';
import { reorder } from '#domain/job/reorder.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { createFile } from '../../adapters/dynamo/repositories/files.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { createJobWrites, putPart } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { loadPriceBook, loadShop, nextJobSerial } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { commitNewJob, needFewDrafts } from '../within-plan.ts';
import { renderJob } from './job-view.ts';

export const reorderJob = implement(routes.reorderJob, async (request) => {
  const { caller, t } = inShop(request.caller);
  const loaded = await visibleJob(t, caller, request.params.jobId);
  const { job: earlier, template } = loaded;
  const { jobId } = await once(idempotencyOf(t), request, async (record) => {
    await needFewDrafts(t, caller);
    const [shop, book, customer] = await Promise.all([
      loadShop(t),
      loadPriceBook(t),
      loadCustomer(t, earlier.customer.customerId),
    ]);
    if (!customer) throw notFound();
    const instant = now();
    const id = newId('job');
    const begun = reorder(loaded, book, { jobId: id, newId, now: instant });
    if (isRefusal(begun)) throw refused(begun);
    const { title, delivery, note } = earlier;
    const job = openJob(
      {
        id,
        shopId: t.shopId,
        serial: await nextJobSerial(t),
        title,
        customer: snapshotOf(customer, earlier.customer.shipTo?.label),
        source: caller.kind === 'staff' ? 'staff' : 'portal',
        delivery,
        reorderOf: earlier.id,
        ...(note === undefined ? {} : { note }),
      },
      template,
      shop.timeZone,
      instant,
    );
    if (isRefusal(job)) throw refused(job);
    const { files, parts } = begun;
    const pictured = withPicture(job, parts, files);
    const writes = [
      ...createJobWrites(t, pictured, template, actorOf(caller, customer.name), instant),
      ...files.map((file) => createFile(t, file)),
      ...parts.map((part) => putPart(t, id, part)),
      ...record({ jobId: id }),
    ];
    await commitNewJob(t, caller, writes, instant);
    return { jobId: id };
  });
  return renderJob(t, caller, jobId);
});

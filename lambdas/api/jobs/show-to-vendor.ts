import * as routes from '#contract/routes/vendors.ts';
import { showToVendor as decideShown } from '#domain/job/assign-vendor.ts';
import { isRefusal } from '#domain/refusal.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';
import { showable } from './showable.ts';

export const showToVendor = implement(routes.showToVendor, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const seen = await visibleJob(t, caller, jobId);
  await once(idempotencyOf(t), request, async (record) => {
    const outcome = await amendJob(t, seen, async (loaded) => {
      const job = decideShown(loaded.job, request.body.shows, await showable(t, loaded));
      return isRefusal(job) ? job : { result: undefined, job, writes: record({}) };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return {};
  });
  return renderJob(t, caller, jobId);
});

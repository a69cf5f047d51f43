import type { Actor } from '#domain/actor.ts';
import type { Assignment } from '#domain/job/assign-vendor.ts';
import type { Stay } from '#domain/job/due.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { JobView } from '#contract/views/job.ts';
import { now } from '../../adapters/clock.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadStay, updateStay, wakeWrite, type LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';
import type { CommandRequest } from './run-command.ts';

/**
 * Changes who has to do with a job, or by when, in one transaction with its open stay and its event; an execution that waits for the
 * old instants is woken. Once per key.
 * @param plan decides on the job and its open stay; repeated when somebody else was faster
 */
export async function amendResponsibility(
  request: Omit<CommandRequest, 'query'>,
  plan: (
    loaded: LoadedJob,
    stay: Stay,
    instant: string,
    t: Tenant,
  ) => Promise<Assignment | Refusal> | Assignment | Refusal,
): Promise<JobView> {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const seen = await visibleJob(t, caller, jobId);
  const actor: Actor = actorOf(caller, seen.job.customer.name);
  await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    const outcome = await amendJob(t, seen, async (loaded) => {
      const { visit, version } = loaded.job;
      const after = { id: jobId, version: version + 1 };
      const stay = await loadStay(t, jobId, visit);
      if (!stay) throw new Error(`Job ${jobId} has no open stay`);
      const instant = now();
      const planned = await plan(loaded, stay, instant, t);
      if (isRefusal(planned)) return planned;
      return {
        result: undefined,
        job: planned.job,
        writes: [
          ...(planned.stay ? [updateStay(t, jobId, planned.stay), wakeWrite(t, after, instant)] : []),
          ...record({}),
        ],
        event: { event: planned.event, actor },
      };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return {};
  });
  return renderJob(t, caller, jobId);
}

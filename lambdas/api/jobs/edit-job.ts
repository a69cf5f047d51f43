import * as routes from '#contract/routes/edits.ts';
import { editJob as decideEdit } from '#domain/job/edit.ts';
import type { Job } from '#domain/job/job.ts';
import { isRefusal } from '#domain/refusal.ts';
import { actorOf } from '../../http/caller.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';

const words = ['title', 'note', 'spec', 'wantedBy', 'delivery'] as const;
const changedFields = (before: Job, after: Job) => words.filter((name) => before[name] !== after[name]);

export const editJob = implement(routes.editJob, async ({ caller: who, params, body, ifMatch }) => {
  const { caller, t } = inShop(who);
  const { jobId } = params;
  const seen = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, seen.job.customer.name);
  const outcome = await amendJob(t, seen, ({ job: before }) => {
    const job = decideEdit(before, body, ifMatch, actor);
    if (isRefusal(job)) return job;
    const event = { type: 'job.edited' as const, data: { fields: changedFields(before, job).join(', ') } };
    const told = before.status === 'draft' ? undefined : { event, actor };
    return { result: undefined, job, writes: [], event: told };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return renderJob(t, caller, jobId);
});

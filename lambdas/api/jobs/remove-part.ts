import * as routes from '#contract/routes/jobs.ts';
import { withPicture } from '#domain/job/picture.ts';
import { removePart as decideRemoval } from '#domain/job/parts.ts';
import { isRefusal } from '#domain/refusal.ts';
import { removePart as dropPart } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';

export const removePart = implement(routes.removePart, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId, partId } = request.params;
  const seen = await visibleJob(t, caller, jobId);
  const outcome = await amendJob(t, seen, ({ job, parts, files }) => {
    const part = decideRemoval(job, parts, partId);
    if (!part) throw notFound();
    if (isRefusal(part)) return part;
    const left = parts.filter(({ id }) => id !== partId);
    return {
      result: undefined,
      job: withPicture(job, left, files),
      writes: [dropPart(t, jobId, part.id)],
    };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return undefined;
});

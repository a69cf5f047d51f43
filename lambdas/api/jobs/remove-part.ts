import * as routes from '#contract/routes/jobs.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { amendWrites, removePart as dropPart } from '../../adapters/dynamo/repositories/jobs.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const removePart = implement(routes.removePart, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId, partId } = request.params;
  const { job, parts } = await visibleJob(t, caller, jobId);
  if (!parts.some((part) => part.id === partId)) throw notFound();
  if (job.status !== 'draft')
    throw new ApiError('not_allowed_now', 'Parts can be changed while the request is a draft.');
  await commit(t.client, [...amendWrites(t, job, {}, now()), dropPart(t, jobId, partId)]);
  return undefined;
});

import * as routes from '#contract/routes/jobs.ts';
import { chooseUnit } from '#domain/file/choose-unit.ts';
import { isRefusal } from '#domain/refusal.ts';
import { replaceChecked } from '../../adapters/dynamo/repositories/files.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { fileView } from './file-view.ts';

export const setFileUnit = implement(routes.setFileUnit, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const { jobId, fileId } = params;
  const seen = await visibleJob(t, caller, jobId);
  if (!seen.files.some(({ id }) => id === fileId)) throw notFound();
  const outcome = await amendJob(t, seen, ({ job, files: now }) => {
    const chosen = chooseUnit(
      job,
      now.find(({ id }) => id === fileId),
      body.unit,
      caller.kind === 'staff',
    );
    return isRefusal(chosen) ? chosen : { result: chosen, writes: [replaceChecked(t, chosen)] };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return fileView(outcome.result, caller);
});

import * as routes from '#contract/routes/edits.ts';
import { withPicture } from '#domain/job/picture.ts';
import { refuse } from '#domain/refusal.ts';
import { removeFile as dropFile } from '../../adapters/dynamo/repositories/files.ts';
import { removePart } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';

/** What was stored of it stays: it lies under the hash of its content, and another file may have the same. */
export const removeFile = implement(routes.removeFile, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { jobId, fileId } = params;
  const seen = await visibleJob(t, caller, jobId);
  const outcome = await amendJob(t, seen, ({ job, parts, files }) => {
    if (!files.some((each) => each.id === fileId)) throw notFound();
    if (job.status !== 'draft')
      return refuse('not_allowed_now', 'Files can be removed while the request is a draft.');
    const lines = parts.filter((part) => part.fileId === fileId);
    return {
      result: undefined,
      job: withPicture(
        job,
        parts.filter((part) => part.fileId !== fileId),
        files,
      ),
      writes: [dropFile(t, jobId, fileId), ...lines.map((part) => removePart(t, jobId, part.id))],
    };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return undefined;
});

import * as routes from '#contract/routes/edits.ts';
import { repairFile as decideRepair } from '#domain/file/repair-file.ts';
import { withPicture } from '#domain/job/picture.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { createFile } from '../../adapters/dynamo/repositories/files.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { replacePart } from '../../adapters/dynamo/repositories/jobs.ts';
import { newId } from '../../adapters/ids.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderJob } from './job-view.ts';

export const repairFile = implement(routes.repairFile, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId, fileId } = request.params;
  const seen = await visibleJob(t, caller, jobId);
  if (!seen.files.some(({ id }) => id === fileId)) throw notFound();
  const actor = actorOf(caller, seen.job.customer.name);

  await once(idempotencyOf(t), request, async (record) => {
    const id = newId('file');
    const outcome = await amendJob(t, seen, ({ job, parts, files }) => {
      const file = files.find((each) => each.id === fileId);
      if (!file) throw notFound();
      const repaired = decideRepair(job, files, file, {
        newId: id,
        now: now(),
        byStaff: caller.kind === 'staff',
      });
      if (isRefusal(repaired)) return repaired;
      const moved = (request.body.replaceInParts ? parts : [])
        .filter((part) => part.fileId === fileId)
        .map((part) => ({ ...part, fileId: id }));
      const ordered = parts.map((part) => moved.find((each) => each.id === part.id) ?? part);
      const event = { type: 'file.repaired' as const, data: { fileId, repairedId: id, name: file.name } };
      return {
        result: { jobId },
        job: withPicture(job, ordered, [...files, repaired]),
        writes: [
          createFile(t, repaired),
          ...moved.map((part) => replacePart(t, jobId, part)),
          ...record({ jobId }),
        ],
        event: job.status === 'draft' ? undefined : { event, actor },
      };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return outcome.result;
  });
  return renderJob(t, caller, jobId);
});

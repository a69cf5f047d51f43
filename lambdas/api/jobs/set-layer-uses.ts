import * as routes from '#contract/routes/jobs.ts';
import { chooseLayers } from '#domain/file/choose-layers.ts';
import type { DrawingPreview } from '#domain/geometry/preview-drawing.ts';
import { isRefusal } from '#domain/refusal.ts';
import { replaceChecked } from '../../adapters/dynamo/repositories/files.ts';
import { keys, readWhole } from '../../adapters/s3/files.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { fileView } from './file-view.ts';

export const setLayerUses = implement(routes.setLayerUses, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const { jobId, fileId } = params;
  const loaded = await visibleJob(t, caller, jobId);
  const seen = loaded.files.find(({ id }) => id === fileId);
  if (!seen) throw notFound();
  const stored =
    seen.report?.kind === 'drawing' && seen.sha256 !== undefined
      ? await readWhole(t.shopId, keys.preview(t.shopId, seen.sha256))
      : undefined;
  const preview = stored && (JSON.parse(stored.toString()) as DrawingPreview);
  const outcome = await amendJob(t, loaded, ({ job, files: now }) => {
    const chosen = chooseLayers(
      job,
      now.find(({ id }) => id === fileId),
      preview,
      body.uses,
      caller.kind === 'staff',
    );
    return isRefusal(chosen) ? chosen : { result: chosen, writes: [replaceChecked(t, chosen)] };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return fileView(outcome.result, caller);
});

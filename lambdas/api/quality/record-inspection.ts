import * as routes from '#contract/routes/quality.ts';
import { recordInspection as decide } from '#domain/inspection/inspection.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { eventWrite } from '../../adapters/dynamo/repositories/jobs.ts';
import {
  createInspection,
  inspectionsOfJob,
  loadChecklists,
  photosOfJob,
} from '../../adapters/dynamo/repositories/quality.ts';
import { newId } from '../../adapters/ids.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { inspectionView } from './inspection-view.ts';

export const recordInspection = implement(routes.recordInspection, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { job } = await visibleJob(t, caller, jobId);
  if (caller.kind !== 'staff') throw notFound();
  const { checklistId, checklistVersion, items: answers, note } = request.body;
  const inspector = { personId: caller.personId, name: caller.name };
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const [checklists, before, photos] = await Promise.all([
      loadChecklists(t),
      inspectionsOfJob(t, jobId),
      photosOfJob(t, jobId),
    ]);
    const photoIds = photos.filter(({ state }) => state !== 'refused').map((photo) => photo.id);
    const checklist = checklists.find((each) => each.id === checklistId);
    if (!checklist) throw notFound();
    if (checklist.version !== checklistVersion)
      throw new ApiError('stale', 'The checklist was changed meanwhile. Load it again.', 'checklistVersion');
    const earlier = before.filter((each) => each.checklistId === checklistId).length;
    const instant = now();
    const result = { id: newId('ins') };
    const inspection = decide(
      { ...result, job, checklist, earlier, photoIds, answers, inspector, note },
      instant,
    );
    if (isRefusal(inspection)) throw refused(inspection);
    const { attempt, outcome } = inspection;
    const event = {
      type: 'inspection.recorded' as const,
      data: { inspectionId: result.id, checklist: checklist.name, attempt, outcome },
    };
    await commit(t.client, [
      createInspection(t, inspection),
      eventWrite(t, job, event, actorOf(caller, job.customer.name), instant),
      ...record(result),
    ]);
    return result;
  });
  const inspection = (await inspectionsOfJob(t, jobId)).find((each) => each.id === id);
  if (!inspection) throw notFound();
  return inspectionView(inspection);
});

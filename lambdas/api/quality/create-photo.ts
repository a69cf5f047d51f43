import * as routes from '#contract/routes/quality.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import {
  createPhoto as photoRow,
  inspectionsOfJob,
  loadPhoto,
  photosOfJob,
} from '../../adapters/dynamo/repositories/quality.ts';
import { newId } from '../../adapters/ids.ts';
import { keys, uploadForm } from '../../adapters/s3/files.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { needRoom } from '../within-plan.ts';
import { photoView } from './photo-view.ts';

/** Photos a job may have. */
const mostPhotos = 60;

export const createPhoto = implement(routes.createPhoto, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  await visibleJob(t, caller, jobId);
  if (caller.kind !== 'staff') throw notFound();
  const { photoId } = await once(idempotencyOf(t), request, async (record) => {
    const { inspectionId } = request.body;
    if (inspectionId && !(await inspectionsOfJob(t, jobId)).some(({ id }) => id === inspectionId))
      throw new ApiError('invalid_request', 'The job has no such inspection.', 'inspectionId');
    if ((await photosOfJob(t, jobId)).length >= mostPhotos)
      throw new ApiError('not_ready', `A job holds at most ${mostPhotos} photos. Remove one first.`);
    await needRoom(t, caller, request.body.bytes);
    const result = { photoId: newId('photo') };
    const photo = {
      id: result.photoId,
      jobId,
      ...request.body,
      state: 'awaiting_upload' as const,
      by: caller.name,
      createdAt: now(),
    };
    await commit(t.client, [photoRow(t, photo), ...record(result)]);
    return result;
  });
  const photo = await loadPhoto(t, jobId, photoId);
  if (!photo) throw notFound();
  return {
    photo: await photoView(t, photo),
    upload: await uploadForm(t.shopId, keys.photoQuarantine(t.shopId, jobId, photoId), photo.bytes),
  };
});

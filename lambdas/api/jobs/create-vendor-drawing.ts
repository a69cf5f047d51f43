import * as routes from '#contract/routes/vendors.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { createPhoto, loadPhoto, photosOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { keys, uploadForm } from '../../adapters/s3/files.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { openRequest } from './vendor-door.ts';

/** Drawings that vendors may send for one job. */
const mostDrawings = 20;

export const createVendorDrawing = implement(routes.createVendorDrawing, async (request) => {
  const { jobId } = request.params;
  const { t, vendorName } = await openRequest(request.caller, jobId);
  const { photoId } = await once(idempotencyOf(t), request, async (record) => {
    const drawings = (await photosOfJob(t, jobId)).filter(({ byVendor }) => byVendor);
    if (drawings.length >= mostDrawings)
      throw new ApiError('not_ready', `A job takes at most ${mostDrawings} drawings of its vendor.`);
    const result = { photoId: newId('photo') };
    const drawing = {
      id: result.photoId,
      jobId,
      ...request.body,
      kind: 'vendor_drawing' as const,
      state: 'awaiting_upload' as const,
      shared: false,
      by: vendorName,
      byVendor: true,
      createdAt: now(),
    };
    await commit(t.client, [createPhoto(t, drawing), ...record(result)]);
    return result;
  });
  const drawing = await loadPhoto(t, jobId, photoId);
  if (!drawing) throw notFound();
  return {
    upload: await uploadForm(t.shopId, keys.photoQuarantine(t.shopId, jobId, photoId), drawing.bytes),
  };
});

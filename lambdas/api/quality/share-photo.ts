import * as routes from '#contract/routes/quality.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadPhoto, sharePhotoWrite } from '../../adapters/dynamo/repositories/quality.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { photoView } from './photo-view.ts';

export const sharePhoto = implement(routes.sharePhoto, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId, photoId } = request.params;
  await visibleJob(t, caller, jobId);
  const { shared } = request.body;
  await once(idempotencyOf(t), request, async (record) => {
    const photo = await loadPhoto(t, jobId, photoId);
    if (!photo) throw notFound();
    const result = { photoId };
    await commit(t.client, [sharePhotoWrite(t, photo, shared), ...record(result)]);
    return result;
  });
  const photo = await loadPhoto(t, jobId, photoId);
  if (!photo) throw notFound();
  return photoView(t, photo);
});

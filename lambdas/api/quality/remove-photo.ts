import * as routes from '#contract/routes/quality.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadPhoto, removePhotoWrite } from '../../adapters/dynamo/repositories/quality.ts';
import { discard, keys } from '../../adapters/s3/files.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const removePhoto = implement(routes.removePhoto, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { jobId, photoId } = params;
  await visibleJob(t, caller, jobId);
  const photo = await loadPhoto(t, jobId, photoId);
  if (!photo) throw notFound();
  // The content first: what has no row could never be removed.
  await discard(t.shopId, keys.photo(t.shopId, jobId, photoId));
  await commit(t.client, [removePhotoWrite(t, photo)]);
  return undefined;
});

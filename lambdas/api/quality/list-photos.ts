import * as routes from '#contract/routes/quality.ts';
import { photosOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { photoView } from './photo-view.ts';

export const listPhotos = implement(routes.listPhotos, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { job } = await visibleJob(t, caller, params.jobId);
  const photos = await photosOfJob(t, job.id);
  const seen =
    caller.kind === 'staff' ? photos : photos.filter(({ shared, state }) => shared && state === 'stored');
  return { photos: await Promise.all(seen.map((photo) => photoView(t, photo))) };
});

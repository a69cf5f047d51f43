import * as routes from '#contract/routes/jobs.ts';
import { downloadUrl, downloadUrlEnds, keys } from '../../adapters/s3/files.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const getFileLinks = implement(routes.getFileLinks, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { files } = await visibleJob(t, caller, params.jobId);
  const file = files.find(({ id }) => id === params.fileId);
  if (file?.state !== 'checked' || !file.sha256) throw notFound();
  const expiresAt = downloadUrlEnds();
  const original = await downloadUrl(t.shopId, keys.checked(t.shopId, file.sha256), file.name);
  if (!file.hasPreview) return { original, expiresAt };
  return {
    original,
    preview: await downloadUrl(t.shopId, keys.preview(t.shopId, file.sha256)),
    thumbnail: await downloadUrl(t.shopId, keys.thumbnail(t.shopId, file.sha256)),
    expiresAt,
  };
});

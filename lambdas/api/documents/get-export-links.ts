import * as routes from '#contract/routes/exports.ts';
import { loadExport } from '../../adapters/dynamo/repositories/exports.ts';
import { downloadUrl, downloadUrlEnds, keys } from '../../adapters/s3/files.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const getExportLinks = implement(routes.getExportLinks, async ({ caller, params: { exportId } }) => {
  const { t } = inShop(caller);
  const made = await loadExport(t, exportId);
  if (!made) throw notFound();
  if (made.state === 'expired') throw new ApiError('expired', 'Its files are gone. Ask for a new export.');
  if (made.state !== 'ready') throw new ApiError('not_ready', 'This export is not ready.');
  const urlOf = (name: string) => downloadUrl(t.shopId, keys.exported(t.shopId, exportId, name), name);
  return {
    manifestUrl: await urlOf('manifest.json'),
    files: await Promise.all(
      made.volumes.map(async ({ name, bytes, sha256 }) => ({ name, bytes, sha256, url: await urlOf(name) })),
    ),
    expiresAt: downloadUrlEnds(),
  };
});

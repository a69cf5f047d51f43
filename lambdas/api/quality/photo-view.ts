import type { PhotoView } from '#contract/routes/quality.ts';
import type { Photo } from '#domain/photo/photo.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { downloadUrl, keys } from '../../adapters/s3/files.ts';

export async function photoView({ shopId }: Tenant, photo: Photo): Promise<PhotoView> {
  const { id, jobId, kind = 'work', inspectionId, name, caption, state, type, shared, createdAt } = photo;
  const url = state === 'stored' ? await downloadUrl(shopId, keys.photo(shopId, jobId, id)) : undefined;
  return { id, kind, inspectionId, name, caption, state, type, shared, createdAt, url };
}

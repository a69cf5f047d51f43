import { loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { slugs } from '../../adapters/dynamo/directory.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { ApiError, notFound } from '../../http/problem.ts';

/** @throws ApiError not_found */
export async function shopOf(slug: string): Promise<Tenant> {
  const shopId = await slugs.find(slug);
  if (!shopId) throw notFound();
  return tenant(shopId);
}

/** @throws ApiError not_found; not_ready when the shop takes nobody in any more */
export async function openShopOf(slug: string): Promise<Tenant> {
  const t = await shopOf(slug);
  if (await loadClosing(t)) throw new ApiError('not_ready', 'This shop is closed.');
  return t;
}

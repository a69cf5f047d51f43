import { slugs } from '../../adapters/dynamo/directory.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { notFound } from '../../http/problem.ts';

/** @throws ApiError not_found */
export async function shopOf(slug: string): Promise<Tenant> {
  const shopId = await slugs.find(slug);
  if (!shopId) throw notFound();
  return tenant(shopId);
}

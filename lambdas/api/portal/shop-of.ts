import { slugs } from '../../adapters/dynamo/directory.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import type { Route } from '#contract/route.ts';
import { notFound } from '../../http/problem.ts';
import { refuseSuspended } from '../../http/standing.ts';

/** Whoever is not signed in yet comes by a shop's name. @throws ApiError not_found, shop_suspended */
export async function shopOf(slug: string, route: Route): Promise<Tenant> {
  const shopId = await slugs.find(slug);
  if (!shopId) throw notFound();
  await refuseSuspended(route, shopId, { kind: 'nobody' });
  return tenant(shopId);
}

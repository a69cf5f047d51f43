import type { Shop } from '#domain/shop/shop.ts';
import type { SupportEntry, SupportKind } from '#domain/platform/support.ts';
import { findShop } from '../../adapters/dynamo/repositories/shops.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import { newId } from '../../adapters/ids.ts';
import type { Caller } from '../../http/caller.ts';
import { notFound } from '../../http/problem.ts';

export type Operator = Extract<Caller, { kind: 'operator' }>;

/** Routes of the console admit nobody else. */
export function asOperator(who: Caller): Operator {
  if (who.kind !== 'operator') throw notFound();
  return who;
}

/** @throws ApiError not_found */
export async function shopNamed(shopId: string): Promise<{ t: Tenant; shop: Shop }> {
  const t = tenant(shopId);
  const shop = await findShop(t);
  if (!shop) throw notFound();
  return { t, shop };
}

/** What the shop will read of it. */
export const supportEntry = (who: Operator, kind: SupportKind, reason: string, at: string): SupportEntry => ({
  id: newId('sup'),
  kind,
  at,
  operator: { personId: who.personId, name: who.name },
  reason,
});

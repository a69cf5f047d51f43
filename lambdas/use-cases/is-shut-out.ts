import { isOver } from '#domain/shop/closing.ts';
import { now } from '../adapters/clock.ts';
import { loadClosing } from '../adapters/dynamo/repositories/closings.ts';
import { findShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** Whether the shop is being deleted, or is gone: what works long asks before it begins, so that it adds nothing after the end. */
export async function isShutOut(t: Tenant): Promise<boolean> {
  const [shop, closing] = await Promise.all([findShop(t), loadClosing(t)]);
  return !shop || (closing !== undefined && isOver(closing, now()));
}

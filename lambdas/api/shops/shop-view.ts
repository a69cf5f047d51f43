import type { ShopView } from '#contract/routes/shops.ts';
import type { Shop } from '#domain/shop/shop.ts';

export function shopView({ paymentAccountId, founder: _, ...shop }: Shop): ShopView {
  return { ...shop, paymentsReady: paymentAccountId !== undefined };
}

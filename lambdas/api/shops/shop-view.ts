import type { ShopView } from '#contract/routes/shops.ts';
import type { Closing } from '#domain/shop/closing.ts';
import type { Shop } from '#domain/shop/shop.ts';

export function shopView({ paymentAccountId, founder: _, ...shop }: Shop, closing?: Closing): ShopView {
  const closed = closing && {
    askedAt: closing.askedAt,
    askedBy: closing.askedBy.name,
    deleteAt: closing.deleteAt,
  };
  return { ...shop, paymentsReady: paymentAccountId !== undefined, ...(closed ? { closing: closed } : {}) };
}

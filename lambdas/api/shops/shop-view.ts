import type { ShopView } from '#contract/routes/shops.ts';
import type { Closing } from '#domain/shop/closing.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { closingView } from '../closing-view.ts';

export const shopView = ({ paymentAccountId, founder: _, ...shop }: Shop, closing?: Closing): ShopView => ({
  ...shop,
  paymentsReady: paymentAccountId !== undefined,
  ...(closing ? { closing: closingView(closing) } : {}),
});

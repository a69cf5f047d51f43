import * as routes from '#contract/routes/portal.ts';
import { usualInfill } from '#domain/price/estimate-by-book.ts';
import { infillRange } from '#domain/price/price-book.ts';
import { loadClosing } from '../../adapters/dynamo/repositories/closings.ts';
import { loadPriceBook, loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { shopOf } from './shop-of.ts';

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

export const getPortal = implement(routes.getPortal, async ({ params }) => {
  const t = await shopOf(params.slug, routes.getPortal);
  const [shop, book, closing] = await Promise.all([loadShop(t), loadPriceBook(t), loadClosing(t)]);
  return {
    name: shop.name,
    slug: shop.slug,
    currency: shop.currency,
    closed: closing !== undefined,
    materials: book.materials.map(({ process, ...material }) => ({ ...named(material), process })),
    finishes: book.finishes.map(named),
    infill: { ...infillRange(book), usual: usualInfill(book) },
  };
});

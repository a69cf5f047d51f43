import * as routes from '#contract/routes/portal.ts';
import { usualInfill } from '#domain/price/estimate-by-book.ts';
import { infillRange } from '#domain/price/price-book.ts';
import { loadPriceBook, loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { shopOf } from './shop-of.ts';

const named = ({ id, name }: { id: string; name: string }) => ({ id, name });

export const getPortal = implement(routes.getPortal, async ({ params }) => {
  const t = await shopOf(params.slug, routes.getPortal);
  const [shop, book] = await Promise.all([loadShop(t), loadPriceBook(t)]);
  return {
    name: shop.name,
    slug: shop.slug,
    currency: shop.currency,
    materials: book.materials.map(({ process, ...material }) => ({ ...named(material), process })),
    finishes: book.finishes.map(named),
    infill: { ...infillRange(book), usual: usualInfill(book) },
  };
});

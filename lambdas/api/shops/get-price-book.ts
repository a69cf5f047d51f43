import * as routes from '#contract/routes/shops.ts';
import { loadPriceBook, loadPriceBookVersion } from '../../adapters/dynamo/repositories/shops.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { priceBookView } from './price-book-view.ts';

export const getPriceBook = implement(routes.getPriceBook, async ({ caller, query }) => {
  const { t } = inShop(caller);
  const book =
    query.version === undefined
      ? await loadPriceBook(t)
      : await loadPriceBookVersion(t, Number(query.version));
  if (!book) throw notFound();
  return priceBookView(book);
});

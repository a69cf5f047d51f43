import * as routes from '#contract/routes/shops.ts';
import { loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { priceBookView } from './price-book-view.ts';

export const getPriceBook = implement(routes.getPriceBook, async ({ caller }) =>
  priceBookView(await loadPriceBook(inShop(caller).t)),
);

import * as routes from '#contract/routes/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { priceBookView } from './price-book-view.ts';
import { putPriceBook } from './put-price-book.ts';

export const replacePriceBook = implement(routes.replacePriceBook, async ({ caller, body, ifMatch }) => {
  const { t } = inShop(caller);
  const book = await putPriceBook(t, ifMatch, ({ machines }) => ({
    ...body,
    machines: body.machines.map((machine) => {
      const profile =
        machine.process === 'fdm' ? machines.find(({ id }) => id === machine.id)?.profile : undefined;
      return profile ? { ...machine, profile } : machine;
    }),
  }));
  return priceBookView(book);
});

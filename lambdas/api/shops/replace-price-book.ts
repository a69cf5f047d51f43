import * as routes from '#contract/routes/shops.ts';
import { findPriceBookFault } from '#domain/price/book-faults.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { createPriceBook, loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { priceBookView } from './price-book-view.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The price book is at version ${version} by now. Load it again and repeat your change.`,
    'If-Match',
  );

export const replacePriceBook = implement(routes.replacePriceBook, async ({ caller, body, ifMatch }) => {
  const { t } = inShop(caller);
  const current = await loadPriceBook(t);
  if (current.version !== ifMatch) throw stale(current.version);
  const book: PriceBook = { ...body, currency: current.currency, version: current.version + 1 };
  const fault = findPriceBookFault(book);
  if (fault) throw new ApiError('invalid_request', fault.message, fault.field);
  try {
    await commit(t.client, [createPriceBook(t, book, now())]);
  } catch (error) {
    throw error instanceof ConflictError ? stale(book.version) : error;
  }
  return priceBookView(book);
});

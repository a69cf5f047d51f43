import { findPriceBookFault } from '#domain/price/book-faults.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import { now } from '../../adapters/clock.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { createPriceBook, loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { ApiError } from '../../http/problem.ts';

const stale = (version: number) =>
  new ApiError(
    'stale',
    `The price book is at version ${version} by now. Load it again and repeat your change.`,
    'If-Match',
  );

/**
 * Puts the next version of the shop's book in force.
 * @param seen the version that the change was made on
 * @throws ApiError stale, invalid_request, and what `change` throws
 */
export async function putPriceBook(
  t: Tenant,
  seen: number,
  change: (current: PriceBook) => Omit<PriceBook, 'version' | 'currency'>,
): Promise<PriceBook> {
  const current = await loadPriceBook(t);
  if (current.version !== seen) throw stale(current.version);
  const book: PriceBook = {
    ...change(current),
    currency: current.currency,
    version: current.version + 1,
  };
  const fault = findPriceBookFault(book);
  if (fault) throw new ApiError('invalid_request', fault.message, fault.field);
  try {
    await commit(t.client, [createPriceBook(t, book, now())]);
  } catch (error) {
    throw error instanceof ConflictError ? stale(book.version) : error;
  }
  return book;
}

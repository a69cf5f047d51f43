import * as routes from '#contract/routes/shops.ts';
import { findWords } from '#domain/platform/find-words.ts';
import { seedPriceBook } from '#domain/price/seed-books.ts';
import { slugOf, type Shop } from '#domain/shop/shop.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commitWithShop } from '../../adapters/dynamo/commit-with-shop.ts';
import { idempotencyOfPerson, memberships, shopFinder, slugs } from '../../adapters/dynamo/directory.ts';
import {
  createPriceBook,
  createShop as shopRow,
  loadShop,
} from '../../adapters/dynamo/repositories/shops.ts';
import { createStanding } from '../../adapters/dynamo/repositories/standings.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { environment } from '../../env.ts';
import { once } from '../../http/once.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { shopView } from './shop-view.ts';

const { FIRST_PLAN } = environment('FIRST_PLAN');
const quoteValidDays = 30;
/** Shops that one person works for: more are opened by nobody who runs them. */
const mostShops = 10;

export const createShop = implement(routes.createShop, async (request) => {
  const { caller, body } = request;
  if (!('personId' in caller)) throw new ApiError('unauthenticated', 'Sign in first.');
  const { shopId } = await once(idempotencyOfPerson(caller.personId), request, async (record) => {
    if ((await memberships.list(caller.personId)).length >= mostShops)
      throw new ApiError('not_ready', `A person works for at most ${mostShops} shops.`);
    const t = tenant(newId('shop'));
    const instant = now();
    const { trade, ...wishes } = body;
    const shop: Shop = {
      ...wishes,
      id: t.shopId,
      slug: await freeSlug(slugOf(body.name)),
      email: caller.email,
      founder: { personId: caller.personId, name: caller.name },
      quoteValidDays,
      version: 1,
      createdAt: instant,
    };
    const result = { shopId: shop.id };
    await commitWithShop(shop.id, [
      shopRow(t, shop),
      createPriceBook(t, seedPriceBook(shop.currency, trade, instant.slice(0, 10)), instant),
      slugs.write(shop.slug, shop.id),
      memberships.write(caller, shop, 'owner'),
      createStanding(t, { plan: FIRST_PLAN, version: 1 }),
      ...shopFinder.writes({ ...shop, shopId: shop.id }, findWords(shop)),
      ...record(result),
    ]);
    return result;
  });
  return shopView(await loadShop(tenant(shopId)));
});

/** The wished name, or the first of `name-2`, `name-3`... that nobody has. */
async function freeSlug(wished: string): Promise<string> {
  for (let number = 1; number < 100; number += 1) {
    const slug = number === 1 ? wished : `${wished}-${number}`;
    if (!(await slugs.find(slug))) return slug;
  }
  throw new ApiError('taken', 'Choose another name: too many shops share this one.', 'name');
}

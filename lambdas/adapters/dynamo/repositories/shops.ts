import type { PriceBook } from '#domain/price/price-book.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { put, type Write } from '../commit.ts';
import { NoShopError } from '../no-shop.ts';
import type { Tenant } from '../tenant.ts';

export const createShop = ({ entities }: Tenant, shop: Shop): Write =>
  put('shop', entities.shop.create(shop).params());

/** Writes a shop whose version was one lower when it was read. */
export const putShop = ({ entities }: Tenant, shop: Shop): Write =>
  put(
    'shop',
    entities.shop
      .put(shop)
      .where(({ version }, { eq }) => eq(version, shop.version - 1))
      .params(),
  );

/** Undefined when it is gone. */
export async function findShop({ entities }: Tenant): Promise<Shop | undefined> {
  return (await entities.shop.get({}).go({ consistent: true })).data ?? undefined;
}

/** @throws NoShopError */
export async function loadShop(t: Tenant): Promise<Shop> {
  const shop = await findShop(t);
  if (!shop) throw new NoShopError(t.shopId);
  return shop;
}

/** The price book in force. @throws NoShopError when the shop is gone, and not its book alone */
export async function loadPriceBook(t: Tenant): Promise<PriceBook> {
  const { data } = await t.entities.priceBook.query
    .versions({})
    .go({ order: 'desc', limit: 1, consistent: true });
  if (!data[0]) {
    await loadShop(t);
    throw new Error(`Shop ${t.shopId} has no price book`);
  }
  return data[0].book;
}

/** The book as it was when it had this version. */
export async function loadPriceBookVersion(
  { entities }: Tenant,
  version: number,
): Promise<PriceBook | undefined> {
  return (await entities.priceBook.get({ version }).go({ consistent: true })).data?.book;
}

/** Every version with the instant it came into force, newest first. */
export async function listPriceBooks({
  entities,
}: Tenant): Promise<{ version: number; createdAt: string }[]> {
  const { data } = await entities.priceBook.query
    .versions({})
    .go({ order: 'desc', pages: 'all', attributes: ['version', 'createdAt'] });
  return data;
}

/** A version is written once; of two editors of the same version one wins. */
export const createPriceBook = ({ entities }: Tenant, book: PriceBook, now: string): Write =>
  put('priceBook', entities.priceBook.create({ version: book.version, book, createdAt: now }).params());

/** The next running number of jobs; numbers may be skipped, never repeated. */
export async function nextJobSerial({ entities }: Tenant): Promise<number> {
  const { data } = await entities.counter
    .upsert({ name: 'jobs' })
    .add({ value: 1 })
    .go({ response: 'all_new' });
  return data.value;
}

import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { trades } from '#domain/price/seed-books.ts';
import { id, versionParam } from '../ids.ts';
import { route } from '../route.ts';
import { line } from '../text.ts';
import { closingView } from '../views/closing.ts';
import { currency, instant } from '../views/job.ts';
import { key } from '../views/price.ts';
import { priceBook, priceBookBody } from '../views/price-book.ts';

export const shopView = z
  .object({
    id: id('shop'),
    name: z.string(),
    slug: z.string(),
    email: z.string(),
    currency,
    timeZone: z.string(),
    quoteValidDays: z.int(),
    paymentsReady: z.boolean(),
    /** Kerf has suspended it: said where the shop is asked for. */
    suspension: z.object({ reason: z.string(), since: instant }).optional(),
    version: z.int(),
    createdAt: instant,
    closing: closingView.optional(),
  })
  .meta({ id: 'Shop' });
export type ShopView = z.infer<typeof shopView>;

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Europe/Berlin');

export const createShop = route({
  id: 'createShop',
  method: 'POST',
  path: '/v1/shops',
  context: 'shops',
  summary: 'Open a shop; the caller becomes its owner',
  callers: { person: true },
  body: z.object({
    name: line(80).min(2, 'must have at least 2 characters'),
    currency: currency.default('USD'),
    timeZone: timeZone.default('UTC'),
    /** What the shop mainly does: the price book to start from. */
    trade: z.enum(trades).default('print_farm'),
  }),
  out: shopView,
  status: 201,
  idempotent: true,
});

export const getMe = route({
  id: 'getMe',
  method: 'GET',
  path: '/v1/me',
  context: 'shops',
  summary: 'The signed-in person and the shops they work for',
  callers: { person: true },
  out: z.object({
    personId: z.string(),
    email: z.string(),
    shops: z.array(z.object({ shopId: id('shop'), name: z.string(), slug: z.string(), role: z.enum(roles) })),
  }),
  status: 200,
});

export const listMembers = route({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/members',
  context: 'shops',
  summary: 'Who works for the shop, by name',
  callers: { staff: roles },
  out: z.object({
    members: z.array(z.object({ personId: z.string(), name: z.string(), role: z.enum(roles) })),
  }),
  status: 200,
});

export const getShop = route({
  id: 'getShop',
  method: 'GET',
  path: '/v1/shop',
  context: 'shops',
  summary: 'The shop asked for',
  callers: { staff: roles },
  out: shopView,
  status: 200,
});

export const connectPayments = route({
  id: 'connectPayments',
  method: 'POST',
  path: '/v1/shop/payments',
  context: 'shops',
  summary: "Open the shop's own account at the payment provider",
  callers: { staff: ['owner'] },
  out: shopView,
  status: 200,
  idempotent: true,
});

export const closeShop = route({
  id: 'closeShop',
  method: 'POST',
  path: '/v1/shop/closing',
  context: 'shops',
  summary: 'Close the shop; after two weeks everything of it is deleted',
  callers: { staff: ['owner'] },
  body: z.object({
    /** The shop's name, typed by its owner. */
    name: line(80),
  }),
  out: shopView,
  status: 200,
  idempotent: true,
});

export const reopenShop = route({
  id: 'reopenShop',
  method: 'DELETE',
  path: '/v1/shop/closing',
  context: 'shops',
  summary: 'Open a closed shop again, before it is deleted',
  callers: { staff: ['owner'] },
  out: shopView,
  status: 200,
});

const bookReaders = ['owner', 'admin', 'sales', 'accountant'] as const;

export const getPriceBook = route({
  id: 'getPriceBook',
  method: 'GET',
  path: '/v1/price-book',
  context: 'shops',
  summary: 'The price book in force, or an older version as quotes were made with it',
  callers: { staff: bookReaders },
  query: z.object({ version: versionParam.optional() }),
  out: priceBook,
  status: 200,
});

export const listPriceBooks = route({
  id: 'listPriceBooks',
  method: 'GET',
  path: '/v1/price-books',
  context: 'shops',
  summary: 'Every version of the price book, newest first',
  callers: { staff: bookReaders },
  out: z.object({ versions: z.array(z.object({ version: z.int(), createdAt: instant })) }),
  status: 200,
});

export const replacePriceBook = route({
  id: 'replacePriceBook',
  method: 'PUT',
  path: '/v1/price-book',
  context: 'shops',
  summary: 'Put a new version of the price book in force; quotes already sent keep theirs',
  callers: { staff: ['owner', 'admin'] },
  body: priceBookBody,
  out: priceBook,
  status: 200,
  versioned: true,
});

export const setMachineProfile = route({
  id: 'setMachineProfile',
  method: 'PUT',
  path: '/v1/price-book/profile',
  context: 'shops',
  summary:
    "Let a slicer's profile (PrusaSlicer, SuperSlicer, OrcaSlicer) drive a printer's estimates: a new version of the book",
  callers: { staff: ['owner', 'admin'] },
  body: z.object({
    /** Of the price book. */
    machineId: key,
    /** The file's name and text; null takes the profile away. */
    profile: z.object({ name: line(120), text: z.string().max(2_000_000) }).nullable(),
  }),
  out: priceBook,
  status: 200,
  versioned: true,
});

import { apiHandler } from '../../http/stack.ts';
import { connectPayments } from './connect-payments.ts';
import { createShop } from './create-shop.ts';
import { getMe } from './get-me.ts';
import { getPriceBook } from './get-price-book.ts';
import { getShop } from './get-shop.ts';
import { listTemplates } from './list-templates.ts';
import { replacePriceBook } from './replace-price-book.ts';
import { replaceTemplate } from './replace-template.ts';

/** The shops context: one Lambda. */
export const handler = apiHandler([
  connectPayments,
  createShop,
  getMe,
  getPriceBook,
  getShop,
  listTemplates,
  replacePriceBook,
  replaceTemplate,
]);

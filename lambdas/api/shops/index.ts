import { limitedApiHandler } from '../../http/limit-calls.ts';
import { connectPayments } from './connect-payments.ts';
import { createCustomer } from './create-customer.ts';
import { createShop } from './create-shop.ts';
import { getMe } from './get-me.ts';
import { getPriceBook } from './get-price-book.ts';
import { getShop } from './get-shop.ts';
import { listCustomers } from './list-customers.ts';
import { listPriceBooks } from './list-price-books.ts';
import { listTemplates } from './list-templates.ts';
import { replacePriceBook } from './replace-price-book.ts';
import { replaceTemplate } from './replace-template.ts';
import { setMachineProfile } from './set-machine-profile.ts';
import { setPriceTerms } from './set-price-terms.ts';

/** The shops context: one Lambda. */
export const handler = limitedApiHandler([
  connectPayments,
  createCustomer,
  createShop,
  getMe,
  getPriceBook,
  getShop,
  listCustomers,
  listPriceBooks,
  listTemplates,
  replacePriceBook,
  replaceTemplate,
  setMachineProfile,
  setPriceTerms,
]);

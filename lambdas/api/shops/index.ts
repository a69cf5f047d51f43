import { shopApiHandler } from '../../http/shop-api.ts';
import { archiveCustomer } from './archive-customer.ts';
import { archiveVendor } from './archive-vendor.ts';
import { connectPayments } from './connect-payments.ts';
import { createCustomer } from './create-customer.ts';
import { createShop } from './create-shop.ts';
import { createVendor } from './create-vendor.ts';
import { getCustomer } from './get-customer.ts';
import { getMe } from './get-me.ts';
import { getPriceBook } from './get-price-book.ts';
import { getShop } from './get-shop.ts';
import { getUsage } from './get-usage.ts';
import { getVendor } from './get-vendor.ts';
import { listCustomers } from './list-customers.ts';
import { listMembers } from './list-members.ts';
import { listPriceBooks } from './list-price-books.ts';
import { listSupportEntries } from './list-support-entries.ts';
import { listTemplates } from './list-templates.ts';
import { listVendors } from './list-vendors.ts';
import { replaceContact } from './replace-contact.ts';
import { replacePriceBook } from './replace-price-book.ts';
import { replaceTemplate } from './replace-template.ts';
import { replaceVendor } from './replace-vendor.ts';
import { setMachineProfile } from './set-machine-profile.ts';
import { setPriceTerms } from './set-price-terms.ts';

/** The shops context: one Lambda. */
export const handler = shopApiHandler([
  archiveCustomer,
  archiveVendor,
  connectPayments,
  createCustomer,
  createShop,
  createVendor,
  getCustomer,
  getMe,
  getPriceBook,
  getShop,
  getUsage,
  getVendor,
  listCustomers,
  listMembers,
  listPriceBooks,
  listSupportEntries,
  listTemplates,
  listVendors,
  replaceContact,
  replacePriceBook,
  replaceTemplate,
  replaceVendor,
  setMachineProfile,
  setPriceTerms,
]);

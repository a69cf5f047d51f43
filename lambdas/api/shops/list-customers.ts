import * as routes from '#contract/routes/customers.ts';
import { listCustomers as listPage } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { customerView } from './customer-view.ts';

export const listCustomers = implement(routes.listCustomers, async ({ caller, query }) => {
  const { customers, ...rest } = await listPage(inShop(caller).t, query);
  return { customers: customers.map(customerView), ...rest };
});

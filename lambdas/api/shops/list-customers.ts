import * as routes from '#contract/routes/customers.ts';
import { allTroubles } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { listCustomers as listPage } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { customerView } from './customer-view.ts';

export const listCustomers = implement(routes.listCustomers, async ({ caller, query }) => {
  const { t } = inShop(caller);
  const [{ customers, ...rest }, troubles] = await Promise.all([listPage(t, query), allTroubles(t)]);
  return { customers: customers.map((each) => customerView(each, troubles)), ...rest };
});

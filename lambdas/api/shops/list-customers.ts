import * as routes from '#contract/routes/customers.ts';
import { listCustomers as listPage, searchCustomers } from '../../adapters/dynamo/repositories/customers.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { strangeCursor } from '../page-cursor.ts';
import { customerView } from './customer-view.ts';
import { shopToday } from './visible-customer.ts';

export const listCustomers = implement(routes.listCustomers, async ({ caller: who, query }) => {
  const { caller, t } = inShop(who);
  const { search, archived, limit } = query;
  const found = search
    ? searchCustomers(t, search, archived, limit).then((customers) => ({ customers }))
    : listPage(t, archived, query).catch(strangeCursor(query));
  const [{ customers, ...rest }, today] = await Promise.all([found, shopToday(t)]);
  return { customers: customers.map((each) => customerView(each, caller, today)), ...rest };
});

import * as routes from '#contract/routes/customers.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderCustomer } from './visible-customer.ts';

export const getCustomer = implement(routes.getCustomer, ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  return renderCustomer(t, caller, params.customerId);
});

import * as routes from '#contract/routes/customers.ts';
import { implement } from '../../http/stack.ts';
import { amendCustomer } from './amend-customer.ts';

export const setPriceTerms = implement(routes.setPriceTerms, (request) =>
  amendCustomer(request, (customer) => ({ ...customer, priceTerms: request.body })),
);

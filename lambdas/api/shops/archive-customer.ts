import * as routes from '#contract/routes/customers.ts';
import { now } from '../../adapters/clock.ts';
import { implement } from '../../http/stack.ts';
import { amendCustomer } from './amend-customer.ts';

export const archiveCustomer = implement(routes.archiveCustomer, (request) =>
  amendCustomer(request, ({ archivedAt, ...customer }) =>
    request.body.archived ? { ...customer, archivedAt: archivedAt ?? now() } : customer,
  ),
);

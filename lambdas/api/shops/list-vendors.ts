import * as routes from '#contract/routes/vendors.ts';
import { listVendors as loadVendors } from '../../adapters/dynamo/repositories/vendors.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { vendorView } from './vendor-view.ts';

export const listVendors = implement(routes.listVendors, async ({ caller, query }) => {
  const vendors = await loadVendors(inShop(caller).t);
  return {
    vendors: vendors
      .filter(({ archivedAt }) => (archivedAt !== undefined) === query.archived)
      .map(vendorView),
  };
});

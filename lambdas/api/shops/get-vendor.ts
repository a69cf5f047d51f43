import * as routes from '#contract/routes/vendors.ts';
import { loadVendor } from '../../adapters/dynamo/repositories/vendors.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { vendorView } from './vendor-view.ts';

export const getVendor = implement(routes.getVendor, async ({ caller, params }) => {
  const vendor = await loadVendor(inShop(caller).t, params.vendorId);
  if (!vendor) throw notFound();
  return vendorView(vendor);
});

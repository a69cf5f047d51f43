import * as routes from '#contract/routes/vendors.ts';
import { isRefusal } from '#domain/refusal.ts';
import { editVendor } from '#domain/vendor/edit-vendor.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadVendor, replaceVendor as vendorRow } from '../../adapters/dynamo/repositories/vendors.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { vendorView } from './vendor-view.ts';

export const replaceVendor = implement(routes.replaceVendor, async ({ caller, params, body, ifMatch }) => {
  const { t } = inShop(caller);
  const before = await loadVendor(t, params.vendorId);
  if (!before) throw notFound();
  const after = editVendor(before, body, ifMatch);
  if (isRefusal(after)) throw refused(after);
  await commit(t.client, [vendorRow(t, after)]);
  return vendorView(after);
});

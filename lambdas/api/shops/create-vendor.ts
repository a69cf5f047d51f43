import * as routes from '#contract/routes/vendors.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import {
  createVendor as vendorRow,
  listVendors,
  loadVendor,
} from '../../adapters/dynamo/repositories/vendors.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { vendorView } from './vendor-view.ts';

/** Vendors a shop may have, archived ones with them. */
const mostVendors = 500;

export const createVendor = implement(routes.createVendor, async (request) => {
  const { t } = inShop(request.caller);
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    if ((await listVendors(t)).length >= mostVendors)
      throw new ApiError('not_ready', `A shop holds at most ${mostVendors} vendors.`);
    const result = { id: newId('ven') };
    const vendor = { ...request.body, ...result, version: 1, createdAt: now() };
    await commit(t.client, [vendorRow(t, vendor), ...record(result)]);
    return result;
  });
  const vendor = await loadVendor(t, id);
  if (!vendor) throw notFound();
  return vendorView(vendor);
});

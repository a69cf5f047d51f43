import * as routes from '#contract/routes/vendors.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadVendor, replaceVendor } from '../../adapters/dynamo/repositories/vendors.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { vendorView } from './vendor-view.ts';

export const archiveVendor = implement(routes.archiveVendor, async (request) => {
  const { t } = inShop(request.caller);
  const { vendorId } = request.params;
  const before = await loadVendor(t, vendorId);
  if (!before) throw notFound();
  await once(idempotencyOf(t), request, async (record) => {
    const { archivedAt = now(), ...vendor } = before;
    const after = {
      ...vendor,
      ...(request.body.archived ? { archivedAt } : {}),
      version: before.version + 1,
    };
    await commit(t.client, [replaceVendor(t, after), ...record({})]);
    return {};
  });
  const vendor = await loadVendor(t, vendorId);
  if (!vendor) throw notFound();
  return vendorView(vendor);
});

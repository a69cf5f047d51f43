import * as routes from '#contract/routes/vendors.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { costOnDraft } from '../../use-cases/cost-on-draft.ts';
import { runVendorCommand } from './run-vendor-command.ts';
import { openRequest } from './vendor-door.ts';
import { vendorRequestView } from './vendor-request-view.ts';

export const giveVendorPrice = implement(routes.giveVendorPrice, async (request) => {
  await runVendorCommand(request, async ({ job }, now, t) => {
    const { currency } = await loadShop(t);
    return {
      command: { name: 'record_vendor_price', ...request.body, currency },
      writes: await costOnDraft(t, job, request.body.costMinor, now),
    };
  });
  const { t, loaded } = await openRequest(request.caller, request.params.jobId);
  return vendorRequestView(t, loaded);
});

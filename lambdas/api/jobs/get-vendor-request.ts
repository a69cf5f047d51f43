import * as routes from '#contract/routes/vendors.ts';
import { implement } from '../../http/stack.ts';
import { openRequest } from './vendor-door.ts';
import { vendorRequestView } from './vendor-request-view.ts';

/** Mail scanners open links: looking changes nothing. */
export const getVendorRequest = implement(routes.getVendorRequest, async ({ caller, params }) => {
  const { t, loaded } = await openRequest(caller, params.jobId);
  return vendorRequestView(t, loaded);
});

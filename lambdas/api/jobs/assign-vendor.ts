import * as routes from '#contract/routes/vendors.ts';
import { assignVendor as decideVendor } from '#domain/job/assign-vendor.ts';
import { implement } from '../../http/stack.ts';
import { amendResponsibility } from './amend-responsibility.ts';
import { chosenVendor, requestFor } from './chosen-vendor.ts';

export const assignVendor = implement(routes.assignVendor, (request) => {
  const { vendorId, reason } = request.body;
  return amendResponsibility(request, async ({ job, template }, stay, instant, t) => {
    const chosen = vendorId === null ? undefined : await chosenVendor(t, vendorId);
    const vendor = chosen && { ...chosen, ...requestFor(chosen.email, job.vendor), shows: [] };
    return decideVendor({ job, template, stay }, vendor, reason, instant);
  });
});

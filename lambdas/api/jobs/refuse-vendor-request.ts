import * as routes from '#contract/routes/vendors.ts';
import { implement } from '../../http/stack.ts';
import { runVendorCommand } from './run-vendor-command.ts';

export const refuseVendorRequest = implement(routes.refuseVendorRequest, async (request) => {
  await runVendorCommand(request, () => ({ command: { name: 'vendor_decline', ...request.body } }));
  return { closed: true } as const;
});

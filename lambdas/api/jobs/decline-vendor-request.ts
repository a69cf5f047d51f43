import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const declineVendorRequest = implement(routes.declineVendorRequest, (request) =>
  runCommand(request, () => ({ command: { name: 'vendor_decline', ...request.body } })),
);

import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const recallVendorRequest = implement(routes.recallVendorRequest, (request) =>
  runCommand(request, () => ({ command: { name: 'recall' } })),
);

import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const askVendor = implement(routes.askVendor, (request) =>
  runCommand(request, () => ({ command: { name: 'ask_vendor', ...request.body } })),
);

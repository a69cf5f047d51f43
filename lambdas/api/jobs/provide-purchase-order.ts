import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const providePurchaseOrder = implement(routes.providePurchaseOrder, (request) =>
  runCommand(request, () => ({ command: { name: 'provide_po', ...request.body } })),
);

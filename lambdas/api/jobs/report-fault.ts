import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const reportFault = implement(routes.reportFault, (request) =>
  runCommand(request, () => ({ command: { name: 'fault', ...request.body } })),
);

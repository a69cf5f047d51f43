import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const shipJob = implement(routes.shipJob, (request) =>
  runCommand(request, () => ({ command: { name: 'ship', ...request.body } })),
);

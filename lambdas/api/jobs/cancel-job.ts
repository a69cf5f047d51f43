import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const cancelJob = implement(routes.cancelJob, (request) =>
  runCommand(request, () => ({ command: { name: 'cancel', ...request.body } })),
);

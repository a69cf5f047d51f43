import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const holdJob = implement(routes.holdJob, (request) =>
  runCommand(request, () => ({ command: { name: 'hold', ...request.body } })),
);

import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const reopenJob = implement(routes.reopenJob, (request) =>
  runCommand(request, () => ({ command: { name: 'reopen', ...request.body } })),
);

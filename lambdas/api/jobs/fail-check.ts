import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const failCheck = implement(routes.failCheck, (request) =>
  runCommand(request, () => ({ command: { name: 'fail_check', ...request.body } })),
);

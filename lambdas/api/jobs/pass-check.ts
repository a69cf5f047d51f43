import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const passCheck = implement(routes.passCheck, (request) =>
  runCommand(request, () => ({ command: { name: 'pass_check', ...request.body } })),
);

import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const changeJob = implement(routes.changeJob, (request) =>
  runCommand(request, () => ({ command: { name: 'change', ...request.body } })),
);

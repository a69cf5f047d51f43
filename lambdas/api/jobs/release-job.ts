import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const releaseJob = implement(routes.releaseJob, (request) =>
  runCommand(request, () => ({ command: { name: 'release', ...request.body } })),
);

import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const submitJob = implement(routes.submitJob, (request) =>
  runCommand(request, () => ({ command: { name: 'submit' } })),
);

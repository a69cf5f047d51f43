import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const resumeJob = implement(routes.resumeJob, (request) =>
  runCommand(request, () => ({ command: { name: 'resume', ...request.body } })),
);

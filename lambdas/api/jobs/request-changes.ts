import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const requestChanges = implement(routes.requestChanges, (request) =>
  runCommand(request, () => ({
    command: { name: 'request_changes', ...request.body },
    answer: { answer: request.body.message },
  })),
);

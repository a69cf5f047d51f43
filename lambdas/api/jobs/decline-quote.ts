import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const declineQuote = implement(routes.declineQuote, (request) =>
  runCommand(request, () => ({
    command: { name: 'decline_quote', ...request.body },
    answer: { answer: request.body.reason },
  })),
);

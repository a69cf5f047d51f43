import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const withdrawQuote = implement(routes.withdrawQuote, (request) =>
  runCommand(request, () => ({ command: { name: 'withdraw_quote' } })),
);

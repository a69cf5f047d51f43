import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const askPayment = implement(routes.askPayment, (request) =>
  runCommand(request, () => ({ command: { name: 'ask_payment' } })),
);

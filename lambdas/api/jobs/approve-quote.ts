import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const approveQuote = implement(routes.approveQuote, (request) => {
  const { name: signature, ...said } = request.body;
  return runCommand(request, () => ({
    command: { name: 'approve_quote', ...said },
    answer: { answeredBy: signature, ...(said.onBehalf === undefined ? {} : { answer: said.onBehalf }) },
  }));
});

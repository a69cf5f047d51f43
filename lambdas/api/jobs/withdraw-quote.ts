import * as routes from '#contract/routes/jobs.ts';
import { endOpenQuote } from '../../use-cases/end-open-quote.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const withdrawQuote = implement(routes.withdrawQuote, (request) =>
  runCommand(request, ({ job }, _now, t) => ({
    command: { name: 'withdraw_quote' },
    writes: () => endOpenQuote(t, job, 'superseded'),
  })),
);

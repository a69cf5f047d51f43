import * as routes from '#contract/routes/jobs.ts';
import { endOpenQuote } from '../../use-cases/end-open-quote.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const cancelJob = implement(routes.cancelJob, (request) =>
  runCommand(request, ({ job }, _now, t) => ({
    command: { name: 'cancel', ...request.body },
    writes: () => endOpenQuote(t, job, 'superseded'),
  })),
);

import * as routes from '#contract/routes/jobs.ts';
import { answerQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const requestChanges = implement(routes.requestChanges, (request) =>
  runCommand(request, (loaded, _now, t) => ({
    command: { name: 'request_changes', ...request.body },
    writes: (_decision, now) => [
      answerQuote(t, request.params.jobId, request.body.version, {
        state: 'changes_requested',
        answeredAt: now,
        answeredBy: loaded.job.customer.name,
        answer: request.body.message,
      }),
    ],
  })),
);

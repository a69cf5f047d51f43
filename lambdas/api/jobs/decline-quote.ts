import * as routes from '#contract/routes/jobs.ts';
import { answerQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const declineQuote = implement(routes.declineQuote, (request) =>
  runCommand(request, (loaded, _now, t) => ({
    command: { name: 'decline_quote', ...request.body },
    writes: (_decision, now) => [
      answerQuote(t, request.params.jobId, request.body.version, {
        state: 'declined',
        answeredAt: now,
        answeredBy: loaded.job.customer.name,
        answer: request.body.reason,
      }),
    ],
  })),
);

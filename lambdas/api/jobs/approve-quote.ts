import * as routes from '#contract/routes/jobs.ts';
import { answerQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const approveQuote = implement(routes.approveQuote, (request) =>
  runCommand(request, (_loaded, _now, t) => ({
    command: { name: 'approve_quote', version: request.body.version },
    writes: (_decision, now) => [
      answerQuote(t, request.params.jobId, request.body.version, {
        state: 'approved',
        answeredAt: now,
        answeredBy: request.body.name,
      }),
    ],
  })),
);

import * as routes from '#contract/routes/jobs.ts';
import { continueByHand } from '#domain/run/run-by-hand.ts';
import { implement } from '../../http/stack.ts';
import { logRun } from './log-run.ts';

export const continueRun = implement(routes.continueRun, (request) =>
  logRun(request, 'run.continued', continueByHand),
);

import * as routes from '#contract/routes/jobs.ts';
import { pauseByHand } from '#domain/run/run-by-hand.ts';
import { implement } from '../../http/stack.ts';
import { logRun } from './log-run.ts';

export const pauseRun = implement(routes.pauseRun, (request) => logRun(request, 'run.paused', pauseByHand));

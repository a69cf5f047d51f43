import * as routes from '#contract/routes/console.ts';
import { lift } from '#domain/platform/standing.ts';
import { implement } from '../../http/stack.ts';
import { changeStanding } from './change-standing.ts';

export const liftSuspension = implement(routes.liftSuspension, (request) =>
  changeStanding(request, 'lift', request.body.reason, lift),
);

import * as routes from '#contract/routes/console.ts';
import { suspend } from '#domain/platform/standing.ts';
import { implement } from '../../http/stack.ts';
import { changeStanding } from './change-standing.ts';

export const suspendShop = implement(routes.suspendShop, (request) =>
  changeStanding(request, 'suspension', request.body.reason, (standing, instant) =>
    suspend(standing, request.body.reason, instant),
  ),
);

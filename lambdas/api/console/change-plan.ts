import * as routes from '#contract/routes/console.ts';
import { plans } from '#domain/platform/plan.ts';
import { changePlan as toPlan } from '#domain/platform/standing.ts';
import { implement } from '../../http/stack.ts';
import { changeStanding } from './change-standing.ts';

export const changePlan = implement(routes.changePlan, (request) => {
  const { plan, reason } = request.body;
  return changeStanding(request, 'plan', `${plans[plan].title}: ${reason}`, (standing) =>
    toPlan(standing, plan),
  );
});

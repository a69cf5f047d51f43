import { plans } from '#domain/platform/plan.ts';
import { countCall } from './count-calls.ts';
import { limitCalls } from './limit-calls.ts';
import { refuseSuspended, standingOf, watchVisit } from './standing.ts';
import { apiHandler, type Implementation } from './stack.ts';

/** The Lambda of a context that reads what belongs to shops: calls are counted, a suspension holds, visits are watched. */
export const shopApiHandler = (implementations: readonly Implementation[]) =>
  apiHandler(implementations, async (route, who, target) => {
    if (!('shopId' in who)) return undefined;
    const { plan } = await standingOf(who.shopId);
    await Promise.all([
      limitCalls(who, plans[plan].callShare),
      refuseSuspended(route, who.shopId, who),
      countCall(who.shopId),
    ]);
    return watchVisit(route, who, target);
  });

import { limitCalls } from './limit-calls.ts';
import { refuseSuspended, watchVisit } from './standing.ts';
import { apiHandler, type Implementation } from './stack.ts';

/** The Lambda of a context that reads what belongs to shops: calls are counted, a suspension holds, visits are watched. */
export const shopApiHandler = (implementations: readonly Implementation[]) =>
  apiHandler(implementations, async (route, who, target) => {
    if (!('shopId' in who)) return undefined;
    await Promise.all([limitCalls(who), refuseSuspended(route, who.shopId, who)]);
    return watchVisit(route, who, target);
  });

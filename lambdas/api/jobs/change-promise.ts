import * as routes from '#contract/routes/edits.ts';
import { promiseAnew } from '#domain/job/promise.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { amendResponsibility } from './amend-responsibility.ts';

export const changePromise = implement(routes.changePromise, (request) => {
  const { date, reason, notify } = request.body;
  return amendResponsibility(request, async ({ job }, stay, instant, t) => {
    const { timeZone } = await loadShop(t);
    return promiseAnew({ job, stay }, { date, reason, quiet: !notify }, timeZone, instant);
  });
});

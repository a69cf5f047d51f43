import * as routes from '#contract/routes/edits.ts';
import { handTo } from '#domain/job/promise.ts';
import { inShop } from '../access.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { amendResponsibility } from './amend-responsibility.ts';
import { memberOf } from './salesperson.ts';

export const changeSalesperson = implement(routes.changeSalesperson, (request) => {
  const { salespersonId, reason } = request.body;
  const { caller } = inShop(request.caller);
  return amendResponsibility(request, async ({ job }, _, __, t) =>
    handTo(job, await memberOf(caller, await loadShop(t), salespersonId), reason),
  );
});

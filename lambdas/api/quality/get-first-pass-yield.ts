import * as routes from '#contract/routes/quality.ts';
import { firstPassYield } from '#domain/inspection/inspection.ts';
import { inspectionsBetween } from '../../adapters/dynamo/repositories/quality.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { daysOf } from '../period.ts';

const dayMs = 86_400_000;

/** Whole UTC days, both ends included; months are those of the shop's zone. */
export const getFirstPassYield = implement(routes.getFirstPassYield, async ({ caller, query }) => {
  const { t } = inShop(caller);
  const { from, to } = query;
  daysOf(query);
  const end = new Date(Date.parse(to) + dayMs).toISOString();
  const [{ timeZone }, inspections] = await Promise.all([
    loadShop(t),
    inspectionsBetween(t, new Date(from).toISOString(), end),
  ]);
  return { months: firstPassYield(inspections, timeZone) };
});

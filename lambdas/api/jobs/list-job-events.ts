import * as routes from '#contract/routes/jobs.ts';
import { timeline } from '../../adapters/dynamo/repositories/events.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { customerEvent } from './customer-view.ts';
import { eventView } from './event-view.ts';

export const listJobEvents = implement(routes.listJobEvents, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  await visibleJob(t, caller, params.jobId);
  const rows = await timeline(t, params.jobId);
  if (caller.kind === 'staff') return { events: rows.map(eventView) };
  const { name } = await loadShop(t);
  return { events: rows.flatMap((row) => customerEvent(row, name) ?? []) };
});

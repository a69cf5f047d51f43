import * as routes from '#contract/routes/jobs.ts';
import { timeline } from '../../adapters/dynamo/repositories/events.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { eventView } from './event-view.ts';

export const listJobEvents = implement(routes.listJobEvents, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  await visibleJob(t, caller, params.jobId);
  return { events: (await timeline(t, params.jobId)).map(eventView) };
});

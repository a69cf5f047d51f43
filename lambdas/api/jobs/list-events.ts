import * as routes from '#contract/routes/jobs.ts';
import { logAfter } from '../../adapters/dynamo/repositories/events.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { eventView } from './event-view.ts';

export const listEvents = implement(routes.listEvents, async ({ caller: who, query }) => {
  const { t } = inShop(who);
  const events = await logAfter(t, query.after, query.limit);
  return { events: events.map(eventView), next: query.after + events.length };
});

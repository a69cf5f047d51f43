import * as routes from '#contract/routes/console.ts';
import { subjectOf } from '#domain/platform/trouble.ts';
import { findTrouble, removeTrouble } from '../../adapters/dynamo/repositories/troubles.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { relayEvent } from '../../use-cases/relay-event.ts';
import { shopNamed } from './access.ts';
import { startAnew } from './restart-workflow.ts';

/** Whoever reacts to an event does so once, however often it comes: so it can go to all of them. */
export const retryTrouble = implement(routes.retryTrouble, async ({ params }) => {
  const { t } = await shopNamed(params.shopId);
  const trouble = await findTrouble(t, params.troubleId);
  if (!trouble) throw notFound();
  const subject = subjectOf(trouble.id);
  // Off the list first: if it fails again it is back at once.
  await removeTrouble(t, trouble.id);
  if (!subject.startsWith('evt_')) {
    await startAnew(t, trouble.jobId);
    return { again: 'workflow' as const };
  }
  await relayEvent(t.shopId, trouble.jobId, subject);
  return { again: 'event' as const };
});

export const dismissTrouble = implement(routes.dismissTrouble, async ({ params }) => {
  const { t } = await shopNamed(params.shopId);
  if (!(await findTrouble(t, params.troubleId))) throw notFound();
  await removeTrouble(t, params.troubleId);
  return undefined;
});

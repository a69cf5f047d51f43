import * as routes from '#contract/routes/console.ts';
import { subjectOf, type TroubleReport } from '#domain/platform/trouble.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { findTrouble, removeTrouble } from '../../adapters/dynamo/repositories/troubles.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { relayEvent } from '../../use-cases/relay-event.ts';
import { shopNamed } from './access.ts';
import { startAnew } from './restart-workflow.ts';

/** Whoever reacts to an event does so once, however often it comes: so it can go to all of them. */
export const retryTrouble = implement(routes.retryTrouble, async (request) => {
  const { t } = await shopNamed(request.params.shopId);
  return once(idempotencyOf(t), request, async (record) => {
    const trouble = await findTrouble(t, request.params.troubleId);
    if (!trouble) throw notFound();
    // Off the list first: if it fails again it is back at once.
    await removeTrouble(t, trouble.id);
    const result = { again: await again(t, trouble) };
    await commit(t.client, record(result));
    return result;
  });
});

async function again(t: Tenant, { id, jobId }: TroubleReport): Promise<'event' | 'workflow'> {
  const subject = subjectOf(id);
  if (subject.startsWith('evt_')) {
    await relayEvent(t.shopId, jobId, subject);
    return 'event';
  }
  await startAnew(t, jobId);
  return 'workflow';
}

export const dismissTrouble = implement(routes.dismissTrouble, async ({ params }) => {
  const { t } = await shopNamed(params.shopId);
  if (!(await findTrouble(t, params.troubleId))) throw notFound();
  await removeTrouble(t, params.troubleId);
  return undefined;
});

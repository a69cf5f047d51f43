import * as routes from '#contract/routes/console.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { endVisitWrite, findSupportEntry } from '../../adapters/dynamo/repositories/support.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { asOperator, shopNamed } from './access.ts';

export const endVisit = implement(routes.endVisit, async ({ caller, params }) => {
  asOperator(caller);
  const { t } = await shopNamed(params.shopId);
  const visit = await findSupportEntry(t, params.visitId);
  if (visit?.kind !== 'visit') throw notFound();
  if (visit.endedAt !== undefined) return { endedAt: visit.endedAt };
  const endedAt = now();
  await commit(t.client, [endVisitWrite(t, visit.id, endedAt)]);
  return { endedAt };
});

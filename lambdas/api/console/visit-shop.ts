import * as routes from '#contract/routes/console.ts';
import { visitMinutes } from '#domain/platform/support.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { createSupportEntry } from '../../adapters/dynamo/repositories/support.ts';
import { signToken } from '../../adapters/session/signer.ts';
import { once } from '../../http/once.ts';
import { implement } from '../../http/stack.ts';
import { asOperator, shopNamed, supportEntry } from './access.ts';

export const visitShop = implement(routes.visitShop, async (request) => {
  const operator = asOperator(request.caller);
  const { t } = await shopNamed(request.params.shopId);
  const { visitId } = await once(idempotencyOf(t), request, async (record) => {
    const instant = now();
    const visit = {
      ...supportEntry(operator, 'visit', request.body.reason, instant),
      expiresAt: new Date(Date.parse(instant) + visitMinutes * 60_000).toISOString(),
    };
    const result = { visitId: visit.id };
    await commit(t.client, [createSupportEntry(t, visit), ...record(result)]);
    return result;
  });
  const { personId, email } = operator;
  const session = await signToken('visit', { shopId: t.shopId, visitId, personId, email }, visitMinutes * 60);
  return { visitId, ...session };
});

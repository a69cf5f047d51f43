import { randomBytes } from 'node:crypto';
import * as routes from '#contract/routes/farm.ts';
import { topics } from '#contract/mqtt.ts';
import { signToken } from '../../adapters/session/signer.ts';
import { environment } from '../../env.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

const { LIVE_URL } = environment('LIVE_URL');
const passSeconds = 60;

export const getLiveAccess = implement(routes.getLiveAccess, async ({ caller: who }) => {
  const { caller, t } = inShop(who);
  const topic =
    caller.kind === 'staff' ? topics.staff(t.shopId) : topics.customer(t.shopId, caller.customerId);
  const clientId = `web-${t.shopId}-${randomBytes(8).toString('hex')}`;
  const pass = await signToken('live', { shopId: t.shopId, topic, clientId }, passSeconds);
  return { ...pass, url: LIVE_URL, clientId, topic };
});

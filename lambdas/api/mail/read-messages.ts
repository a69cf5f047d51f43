import * as routes from '#contract/routes/mail.ts';
import { markRead, messagesOfJob } from '../../adapters/dynamo/repositories/messages.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';

export const readMessages = implement(routes.readMessages, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const { jobId } = params;
  await visibleJob(t, caller, jobId);
  const side = caller.kind === 'staff' ? 'shop' : 'customer';
  const known = (await messagesOfJob(t, jobId)).some(
    ({ id, internal }) => id === body.upTo && (side === 'shop' || !internal),
  );
  if (!known) throw new ApiError('invalid_request', 'Name a message of this job.', 'upTo');
  await markRead(t, jobId, side, body.upTo);
  return undefined;
});

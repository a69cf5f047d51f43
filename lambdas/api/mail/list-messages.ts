import * as routes from '#contract/routes/mail.ts';
import { unreadBy, type Side } from '#domain/message/message.ts';
import { messagesOfJob, readMarks } from '../../adapters/dynamo/repositories/messages.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { messageView } from './message-view.ts';

export const listMessages = implement(routes.listMessages, async ({ caller: who, params: { jobId } }) => {
  const { caller, t } = inShop(who);
  const { files } = await visibleJob(t, caller, jobId);
  const side: Side = caller.kind === 'staff' ? 'shop' : 'customer';
  const [all, marks, shop] = await Promise.all([messagesOfJob(t, jobId), readMarks(t, jobId), loadShop(t)]);
  const seen = all.filter(({ internal }) => side === 'shop' || !internal);
  const shopName = side === 'customer' ? shop.name : undefined;
  return {
    messages: seen.map((message) => messageView(message, files, shopName)),
    unread: unreadBy(side, all, marks[side]),
  };
});

import * as routes from '#contract/routes/mail.ts';
import { addresseeOf, writeMessage as compose, type Message } from '#domain/message/message.ts';
import type { LoggedEvent } from '#domain/event.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { newId } from '../../adapters/ids.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { eventWrite } from '../../adapters/dynamo/repositories/jobs.ts';
import { messagesOfJob, putMessage } from '../../adapters/dynamo/repositories/messages.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { messageView } from './message-view.ts';

/** A note tells nobody; a message is mailed to the other side. */
function eventOf(message: Message): LoggedEvent {
  const { id, internal, text, authorName, quoteVersion } = message;
  const said: LoggedEvent['data'] = { messageId: id, message: text };
  if (internal) return { type: 'note.written', data: said };
  if (quoteVersion !== undefined) said['version'] = quoteVersion;
  return { type: 'message.written', data: { ...said, author: authorName, addressee: addresseeOf(message) } };
}

export const writeMessage = implement(routes.writeMessage, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const loaded = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, loaded.job.customer.name);
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const at = now();
    const said = await messagesOfJob(t, jobId);
    const message = compose(newId('msg'), request.body, { ...loaded, said }, actor, at);
    if (isRefusal(message)) throw refused(message);
    const result = { id: message.id };
    await commit(t.client, [
      putMessage(t, message),
      eventWrite(t, loaded.job, eventOf(message), actor, at),
      ...record(result),
    ]);
    return result;
  });
  const message = (await messagesOfJob(t, jobId)).find((each) => each.id === id);
  if (!message) throw notFound();
  const shopName = caller.kind === 'staff' ? undefined : (await loadShop(t)).name;
  return messageView(message, loaded.files, shopName);
});

import * as routes from '#contract/routes/mail.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { sendMail } from '../../adapters/mail/send.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { draftMail } from './draft-mail.ts';

export const sendTestMail = implement(routes.sendTestMail, async (request) => {
  const { caller, t } = inShop(request.caller);
  if (caller.kind !== 'staff') throw notFound();
  const to = caller.email;
  return once(idempotencyOf(t), request, async (record) => {
    const [{ subject, text, html }, shop] = await Promise.all([draftMail(t, request.body), loadShop(t)]);
    await sendMail({ to, fromName: shop.name, subject: `Test: ${subject}`, text, html });
    await commit(t.client, record({ to }));
    return { to };
  });
});

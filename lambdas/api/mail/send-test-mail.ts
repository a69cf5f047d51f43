import * as routes from '#contract/routes/mail.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { sendMail } from '../../adapters/mail/send.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { draftMail } from './draft-mail.ts';

export const sendTestMail = implement(routes.sendTestMail, async ({ caller: who, body }) => {
  const { caller, t } = inShop(who);
  if (caller.kind !== 'staff') throw notFound();
  const [{ subject, text, html }, shop] = await Promise.all([draftMail(t, body), loadShop(t)]);
  await sendMail({ to: caller.email, fromName: shop.name, subject: `Test: ${subject}`, text, html });
  return { to: caller.email };
});

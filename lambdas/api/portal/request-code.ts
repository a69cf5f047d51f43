import * as routes from '#contract/routes/portal.ts';
import { codeMinutes } from '#domain/customer/sign-in-code.ts';
import { now } from '../../adapters/clock.ts';
import { sha256, sixDigits } from '../../adapters/hash.ts';
import { issueCode } from '../../adapters/dynamo/repositories/sign-in-codes.ts';
import { emailHash as hashOf } from '../../adapters/dynamo/repositories/customers.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { sendMail } from '../../adapters/mail/send.ts';
import { implement } from '../../http/stack.ts';
import { shopOf } from './shop-of.ts';
import { tooMany } from './too-many.ts';

export const requestCode = implement(routes.requestCode, async ({ params, body }) => {
  const t = await shopOf(params.slug, routes.requestCode);
  const shop = await loadShop(t);
  const code = sixDigits();
  const instant = now();
  const expiresAt = new Date(Date.parse(instant) + codeMinutes * 60_000).toISOString();
  const emailHash = hashOf(body.email);
  const waitUntil = await issueCode(
    t,
    { emailHash, codeHash: sha256(`${emailHash}|${code}`), expiresAt },
    instant,
  );
  if (waitUntil) throw tooMany(waitUntil);
  const text = `Your code for ${shop.name} is ${code}.\nIt is valid for ${codeMinutes} minutes. If you did not ask for it, ignore this mail.`;
  await sendMail({
    to: body.email,
    fromName: shop.name,
    subject: `${code} is your code`,
    text,
    html: `<p>Your code is</p><p style="font-size:28px;letter-spacing:4px"><b>${code}</b></p><p>It is valid for ${codeMinutes} minutes. If you did not ask for it, ignore this mail.</p>`,
  });
  return { expiresAt };
});

import * as routes from '#contract/routes/portal.ts';
import { now } from '../../adapters/clock.ts';
import { sha256, sixDigits } from '../../adapters/hash.ts';
import { loadCode, saveCode } from '../../adapters/dynamo/repositories/sign-in-codes.ts';
import { emailHash as hashOf, loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { sendMail } from '../../adapters/mail/send.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { shopOf } from './shop-of.ts';

const codeMinutes = 10;
const codesPerHour = 6;
const hourMs = 3_600_000;

export const requestCode = implement(routes.requestCode, async ({ params, body }) => {
  const t = await shopOf(params.slug);
  const [shop, before] = await Promise.all([loadShop(t), loadCode(t, hashOf(body.email))]);
  const instant = now();
  const sameHour = before !== undefined && Date.parse(instant) - Date.parse(before.hourFrom) < hourMs;
  const asked = sameHour ? before.asked + 1 : 1;
  if (asked > codesPerHour)
    throw new ApiError(
      'too_many_requests',
      'Too many codes were asked for. Use the newest one or try again in an hour.',
    );

  const code = sixDigits();
  const expiresAt = new Date(Date.parse(instant) + codeMinutes * 60_000).toISOString();
  const emailHash = hashOf(body.email);
  await saveCode(t, {
    emailHash,
    codeHash: sha256(`${emailHash}|${code}`),
    expiresAt,
    wrongTries: 0,
    asked,
    hourFrom: sameHour ? before.hourFrom : instant,
  });
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

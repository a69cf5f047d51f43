import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { mailAudiences } from '#domain/mail/mails-for.ts';
import { settleMail } from '../adapters/dynamo/repositories/mails.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';

/** SES's "sent" event, with the tags we gave the mail. Login codes carry none. */
const tag = <T extends z.ZodType>(value: T) => z.tuple([value], z.unknown());
const sent = z.object({
  detail: z.object({
    mail: z.object({
      tags: z.object({
        shopId: tag(id('shop')),
        jobId: tag(id('job')),
        eventId: tag(id('evt')),
        audience: tag(z.enum(mailAudiences)),
      }),
    }),
  }),
});

/** The provider took the mail: whatever its sender still knows, it must not go out again. */
export async function handler(event: unknown): Promise<void> {
  const parsed = sent.safeParse(event);
  if (!parsed.success) return;
  const { shopId, jobId, eventId, audience } = parsed.data.detail.mail.tags;
  await settleMail(
    tenant(shopId[0]),
    { jobId: jobId[0], eventId: eventId[0], audience: audience[0] },
    'sent',
  );
}

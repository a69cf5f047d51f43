import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { mailAudiences } from '#domain/mail/mail-kinds.ts';
import { now } from '../adapters/clock.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { settleMail } from '../adapters/dynamo/repositories/mails.ts';
import { noteTrouble } from '../use-cases/note-mail-trouble.ts';

const tag = <T extends z.ZodType>(value: T) => z.tuple([value], z.unknown());
const recipient = z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() });

/** SES's events, with the tags we gave the mail. Login codes and test mails carry none. */
const report = z.object({
  detail: z.intersection(
    z.object({
      mail: z.object({
        tags: z.object({
          shopId: tag(id('shop')),
          jobId: tag(id('job')),
          eventId: tag(id('evt')),
          audience: tag(z.enum(mailAudiences)),
        }),
      }),
    }),
    z.discriminatedUnion('eventType', [
      z.object({ eventType: z.literal('Send') }),
      z.object({ eventType: z.literal('Delivery') }),
      z.object({
        eventType: z.literal('Bounce'),
        bounce: z.object({ bounceType: z.string(), bouncedRecipients: z.array(recipient) }),
      }),
      z.object({
        eventType: z.literal('Complaint'),
        complaint: z.object({ complainedRecipients: z.array(recipient) }),
      }),
    ]),
  ),
});

/** What the provider says became of a mail. Once it has it, whatever its sender still knows, it must not go out again. */
export async function handler(event: unknown): Promise<void> {
  const parsed = report.safeParse(event);
  if (!parsed.success) return;
  const { detail } = parsed.data;
  const { shopId, jobId, eventId, audience } = detail.mail.tags;
  const t = tenant(shopId[0]);
  const key = { jobId: jobId[0], eventId: eventId[0], audience: audience[0] };
  switch (detail.eventType) {
    case 'Send':
      return settleMail(t, key, { state: 'sent', at: now() });
    case 'Delivery':
      return settleMail(t, key, { state: 'delivered', at: now() });
    case 'Bounce': {
      const { bounceType, bouncedRecipients } = detail.bounce;
      return noteTrouble(t, key, {
        kind: 'bounced',
        lasting: bounceType !== 'Transient',
        addresses: bouncedRecipients.map(({ emailAddress }) => emailAddress),
      });
    }
    case 'Complaint':
      return noteTrouble(t, key, {
        kind: 'complained',
        lasting: true,
        addresses: detail.complaint.complainedRecipients.map(({ emailAddress }) => emailAddress),
      });
  }
}

import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { environment } from '../../env.ts';

const { MAIL_FROM, MAIL_SET } = environment('MAIL_FROM', 'MAIL_SET');
const client = new SESv2Client({});

export interface OutgoingMail {
  to: string;
  /** Gets a copy. */
  cc?: string;
  fromName: string;
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  /** Comes back in the provider's "sent" event. ASCII letters, digits, `_`, `-` only. */
  tags?: Record<string, string>;
}

/** Hands a mail to SES. Of the display name only harmless characters stay and it travels encoded: a name can not forge a header. */
export async function sendMail(mail: OutgoingMail): Promise<void> {
  const name = mail.fromName.replaceAll(/[^\p{L}\p{N} '&.,-]/gu, ' ').trim();
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: `=?UTF-8?B?${Buffer.from(name).toString('base64')}?= <${MAIL_FROM}>`,
      ...(mail.replyTo ? { ReplyToAddresses: [mail.replyTo] } : {}),
      Destination: { ToAddresses: [mail.to], ...(mail.cc ? { CcAddresses: [mail.cc] } : {}) },
      Content: {
        Simple: {
          Subject: utf8(mail.subject.replaceAll(/\p{Cc}+/gu, ' ')),
          Body: { Text: utf8(mail.text), Html: utf8(mail.html) },
        },
      },
      ConfigurationSetName: MAIL_SET,
      EmailTags: Object.entries(mail.tags ?? {}).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
}

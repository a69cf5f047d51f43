/** SES v2 SendEmail: checks as SES does, then keeps the mail in the mailbox. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { transaction, type Store } from '../engine/store.ts';
import type { BusEvent } from './events.ts';
import { jsonAnswer, jsonInput } from './json.ts';
import { bareAddress, mailbox, type NewMail, type SentMail } from './mailbox.ts';
import { headerValue, parseMail } from './mime.ts';
import { WireError, type WireService } from './service.ts';

export interface SesOptions {
  /** Verified addresses and domains; a mail from anywhere else is refused. */
  identities: readonly string[];
  configurationSets?: readonly string[];
  region?: string;
  now?: () => Date;
  /** Runs in the transaction that keeps the mail, so that what it enqueues is as durable as the mail. */
  onSent?: (mail: SentMail) => void;
}

const LARGEST_MESSAGE_BYTES = 10 * 1024 * 1024;
const MOST_RECIPIENTS = 50;

const addresses = z.array(z.string()).default([]);
const content = z.object({ Data: z.string(), Charset: z.string().optional() });
const sendInput = z.object({
  FromEmailAddress: z.string().optional(),
  ReplyToAddresses: addresses,
  Destination: z
    .object({ ToAddresses: addresses, CcAddresses: addresses, BccAddresses: addresses })
    .optional(),
  Content: z.object({
    Simple: z
      .object({
        Subject: content,
        Body: z.object({ Text: content.optional(), Html: content.optional() }),
        Headers: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
        Attachments: z
          .array(
            z.object({
              RawContent: z.base64(),
              FileName: z.string(),
              ContentType: z.string().default('application/octet-stream'),
            }),
          )
          .default([]),
      })
      .optional(),
    Raw: z.object({ Data: z.base64() }).optional(),
  }),
  EmailTags: z
    .array(
      z.object({
        Name: z.string().regex(/^[\w-]{1,256}$/, 'a tag name has letters, digits, _ and -'),
        Value: z.string().regex(/^[\w.@-]{1,256}$/, 'a tag value has letters, digits, _ - . and @'),
      }),
    )
    .default([]),
  ConfigurationSetName: z.string().optional(),
});
type SendInput = z.infer<typeof sendInput>;
type Letter = Omit<NewMail, 'messageId' | 'sentAt' | 'tags' | 'configurationSet'>;

const badRequest = (message: string) => new WireError(400, 'BadRequestException', message);
const isAddress = (address: string) => /^[^\s@<>()[\]\\,;:"]+@[\w-]+(\.[\w-]+)*$/.test(bareAddress(address));

const splitAddresses = (header: string | undefined): string[] =>
  (header?.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map((address) => address.trim()).filter(Boolean);

function simpleLetter(input: SendInput): Letter {
  const simple = input.Content.Simple;
  if (!simple)
    throw badRequest('Content must have exactly one of Simple and Raw; there are no templates here.');
  if (!simple.Body.Text && !simple.Body.Html) throw badRequest('Body must have Text or Html.');
  const from = input.FromEmailAddress ?? '';
  const { ToAddresses: to = [], CcAddresses: cc = [], BccAddresses: bcc = [] } = input.Destination ?? {};
  const subject = simple.Subject.Data;
  return {
    from,
    to,
    cc,
    bcc,
    replyTo: input.ReplyToAddresses,
    subject,
    text: simple.Body.Text?.Data ?? null,
    html: simple.Body.Html?.Data ?? null,
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: to.join(', ') },
      ...(cc.length > 0 ? [{ name: 'Cc', value: cc.join(', ') }] : []),
      ...(input.ReplyToAddresses.length > 0
        ? [{ name: 'Reply-To', value: input.ReplyToAddresses.join(', ') }]
        : []),
      { name: 'Subject', value: subject },
      ...simple.Headers.map(({ Name, Value }) => ({ name: Name, value: Value })),
    ],
    attachments: simple.Attachments.map((attachment) => ({
      filename: attachment.FileName,
      contentType: attachment.ContentType,
      content: Buffer.from(attachment.RawContent, 'base64'),
    })),
  };
}

function rawLetter(input: SendInput, raw: Buffer): Letter {
  const { headers, text, html, attachments } = parseMail(raw);
  const given = input.Destination;
  const listed = (name: string) => splitAddresses(headerValue(headers, name));
  return {
    from: input.FromEmailAddress ?? headerValue(headers, 'from') ?? '',
    to: given ? given.ToAddresses : listed('to'),
    cc: given ? given.CcAddresses : listed('cc'),
    bcc: given ? given.BccAddresses : listed('bcc'),
    replyTo: listed('reply-to'),
    subject: headerValue(headers, 'subject') ?? '',
    text,
    html,
    headers: headers.filter((header) => header.name.toLowerCase() !== 'bcc'),
    attachments,
  };
}

const letterBytes = (letter: Letter): number =>
  Buffer.byteLength(letter.text ?? '') +
  Buffer.byteLength(letter.html ?? '') +
  letter.headers.reduce((sum, { name, value }) => sum + name.length + Buffer.byteLength(value) + 4, 0) +
  letter.attachments.reduce((sum, { content: bytes }) => sum + Math.ceil(bytes.length / 3) * 4, 0);

/** Serves `POST /v2/email/outbound-emails`; an accepted mail is in the mailbox before the answer. */
export function sesService(store: Store, options: SesOptions): WireService {
  const { region = 'us-east-1', configurationSets = [], onSent } = options;
  const now = options.now ?? (() => new Date());
  const identities = new Set(options.identities.map((identity) => identity.toLowerCase()));
  const box = mailbox(store);

  /** A domain covers its subdomains, as in SES. */
  function verified(address: string): boolean {
    const labels = (address.split('@')[1] ?? '').split('.');
    return identities.has(address) || labels.some((_, from) => identities.has(labels.slice(from).join('.')));
  }

  function check(letter: Letter, size: number): void {
    const recipients = [...letter.to, ...letter.cc, ...letter.bcc];
    if (!letter.from) throw badRequest('Missing required header From.');
    if (recipients.length === 0) throw badRequest('Destination must have at least one address.');
    if (recipients.length > MOST_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
    for (const address of [letter.from, ...recipients, ...letter.replyTo])
      if (!isAddress(address)) throw badRequest(`Illegal address: ${address}`);
    if ([letter.subject, letter.from, ...recipients].some((value) => /[\r\n]/.test(value)))
      throw badRequest('Header values must not contain line breaks.');
    if (size > LARGEST_MESSAGE_BYTES)
      throw badRequest(`Message length is more than ${LARGEST_MESSAGE_BYTES} bytes long: '${size}'.`);
    const sender = bareAddress(letter.from);
    if (!verified(sender))
      throw new WireError(
        400,
        'MessageRejected',
        `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${sender}`,
      );
  }

  function send(body: Buffer): string {
    const input = jsonInput(sendInput, body, 'BadRequestException');
    const raw = input.Content.Raw && Buffer.from(input.Content.Raw.Data, 'base64');
    if (raw && input.Content.Simple) throw badRequest('Content must have exactly one of Simple and Raw.');
    const letter = raw ? rawLetter(input, raw) : simpleLetter(input);
    check(letter, raw?.length ?? letterBytes(letter));
    const set = input.ConfigurationSetName;
    if (set !== undefined && !configurationSets.includes(set))
      throw new WireError(404, 'NotFoundException', `Configuration set <${set}> does not exist.`);
    const messageId = `0100${randomUUID().replaceAll('-', '')}-000000`;
    transaction(store, () => {
      const mail = box.add({
        ...letter,
        messageId,
        sentAt: now().toISOString(),
        tags: Object.fromEntries(input.EmailTags.map(({ Name, Value }) => [Name, Value])),
        configurationSet: set ?? null,
      });
      onSent?.(mail);
    });
    return messageId;
  }

  return {
    scope: 'ses',
    async handle({ method, path, body }) {
      if (method !== 'POST' || path !== '/v2/email/outbound-emails')
        throw new WireError(404, 'NotFoundException', `${method} ${path} is not served here.`);
      return jsonAnswer({ MessageId: send(body) });
    },
  };
}

type Names = { region?: string; account?: string };

/** What SES's mailbox simulator does to an address; `+label` may stand before the `@`. Everybody else takes their mail. */
const simulated = (address: string): 'bounce' | 'complaint' | undefined =>
  /^(bounce|complaint)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(bareAddress(address))?.[1] as
    'bounce' | 'complaint' | undefined;

/** The events SES puts on the default bus for a configuration set's destination: sent, then what became of it. */
export function sesEvents(mail: SentMail, names: Names = {}): BusEvent[] {
  const all = [...mail.to, ...mail.cc, ...mail.bcc].map(bareAddress);
  const of = (fate: 'bounce' | 'complaint') => all.filter((address) => simulated(address) === fate);
  const [bounced, complained] = [of('bounce'), of('complaint')];
  const delivered = all.filter((address) => simulated(address) !== 'bounce');
  const timestamp = mail.sentAt;
  const event = (detailType: string, eventType: string, fate: object): BusEvent =>
    sesEvent(mail, names, detailType, { eventType, ...fate });
  return [
    event('Email Sent', 'Send', { send: {} }),
    ...(delivered.length > 0
      ? [
          event('Email Delivered', 'Delivery', {
            delivery: { timestamp, recipients: delivered, processingTimeMillis: 1, smtpResponse: '250 OK' },
          }),
        ]
      : []),
    ...(bounced.length > 0
      ? [
          event('Email Bounced', 'Bounce', {
            bounce: {
              timestamp,
              bounceType: 'Permanent',
              bounceSubType: 'General',
              bouncedRecipients: bounced.map((emailAddress) => ({
                emailAddress,
                action: 'failed',
                status: '5.1.1',
                diagnosticCode: 'smtp; 550 5.1.1 user unknown',
              })),
            },
          }),
        ]
      : []),
    ...(complained.length > 0
      ? [
          event('Email Complaint Received', 'Complaint', {
            complaint: {
              timestamp,
              complaintFeedbackType: 'abuse',
              complainedRecipients: complained.map((emailAddress) => ({ emailAddress })),
            },
          }),
        ]
      : []),
  ];
}

function sesEvent(
  mail: SentMail,
  { region = 'us-east-1', account = '000000000000' }: Names,
  detailType: string,
  fate: { eventType: string },
): BusEvent {
  const sender = bareAddress(mail.from);
  const set = mail.configurationSet;
  const custom = Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]]));
  return {
    source: 'aws.ses',
    detailType,
    time: mail.sentAt,
    resources: set === null ? [] : [`arn:aws:ses:${region}:${account}:configuration-set/${set}`],
    detail: {
      ...fate,
      mail: {
        timestamp: mail.sentAt,
        source: mail.from,
        sourceArn: `arn:aws:ses:${region}:${account}:identity/${sender}`,
        sendingAccountId: account,
        messageId: mail.messageId,
        destination: [...mail.to, ...mail.cc, ...mail.bcc],
        headersTruncated: false,
        headers: mail.headers,
        commonHeaders: {
          from: [mail.from],
          ...(mail.replyTo.length > 0 ? { replyTo: mail.replyTo } : {}),
          to: mail.to,
          ...(mail.cc.length > 0 ? { cc: mail.cc } : {}),
          messageId: mail.messageId,
          subject: mail.subject,
        },
        tags: {
          ...(set === null ? {} : { 'ses:configuration-set': [set] }),
          'ses:source-ip': ['127.0.0.1'],
          'ses:from-domain': [sender.split('@')[1] ?? ''],
          ...custom,
        },
      },
    },
  };
}

import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { durableDeliveries } from '../engine/delivery-queue.ts';
import { openStore } from '../engine/store.ts';
import { mailbox, type Mailbox, type SentMail } from './mailbox.ts';
import { handleMailbox } from './mailbox-page.ts';
import { sesEvents, sesService } from './ses.ts';
import { startFixture } from './wire-fixture.ts';

let fixture: Awaited<ReturnType<typeof startFixture>>;
let box: Mailbox;
let ses: SESv2Client;
let onSent: (mail: SentMail) => void = () => undefined;
beforeAll(async () => {
  fixture = await startFixture((store) => [
    sesService(store, {
      identities: ['kerf.test'],
      configurationSets: ['kerf'],
      onSent: (mail) => onSent(mail),
    }),
  ]);
  box = mailbox(fixture.store);
  ses = new SESv2Client(fixture.config);
});
afterAll(() => fixture.server.close());

const newAddress = () => `ann-${randomUUID()}@customer.test`;
const mail = (to: string, more: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
  FromEmailAddress: 'Bright Prints <quotes@shop.kerf.test>',
  Destination: { ToAddresses: [to] },
  Content: {
    Simple: {
      Subject: { Data: 'Your quote <1>' },
      Body: { Text: { Data: 'See https://kerf.test/q/1.' }, Html: { Data: '<p>See</p><script>x</script>' } },
    },
  },
  ...more,
});
const send = (input: SendEmailCommandInput) => ses.send(new SendEmailCommand(input));

test('an accepted mail is in the mailbox of each recipient, newest first', async () => {
  const [to, cc] = [newAddress(), newAddress()];
  const first = await send(mail(to));
  const second = await send(
    mail(to, {
      Destination: { ToAddresses: [`Ann <${to.toUpperCase()}>`], CcAddresses: [cc] },
      ReplyToAddresses: ['owner@shop.test'],
      EmailTags: [{ Name: 'shopId', Value: 'shop_1' }],
      ConfigurationSetName: 'kerf',
    }),
  );
  const mails = box.list({ to });
  expect(mails.map(({ messageId }) => messageId)).toEqual([second.MessageId, first.MessageId]);
  expect(mails[0]).toMatchObject({
    subject: 'Your quote <1>',
    replyTo: ['owner@shop.test'],
    tags: { shopId: 'shop_1' },
    configurationSet: 'kerf',
  });
  expect(box.list({ to: cc })).toHaveLength(1);
  expect(box.list({ to, after: mails[1]!.sequence })).toHaveLength(1);
});

test('a raw mail is read with its encodings and attachments', async () => {
  const to = newAddress();
  const pdf = Buffer.from('%PDF-1.7 ü');
  const raw = [
    'From: Bright Prints <quotes@kerf.test>',
    `To: ${to}`,
    'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary=inner',
    '',
    '--inner',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'f=C3=BCr =',
    'dich',
    '--inner',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('<b>für</b>').toString('base64'),
    '--inner--',
    '--outer',
    'Content-Type: application/pdf; name="quote.pdf"',
    'Content-Disposition: attachment; filename="quote.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    pdf.toString('base64'),
    '--outer--',
    '',
  ].join('\r\n');
  await send({ Content: { Raw: { Data: Buffer.from(raw) } } });
  const [got] = box.list({ to });
  expect(got).toMatchObject({ subject: 'Grüße', text: 'für dich', html: '<b>für</b>' });
  expect(got?.attachments).toEqual([
    { filename: 'quote.pdf', contentType: 'application/pdf', bytes: pdf.length },
  ]);
  expect(box.attachment(got!.messageId, 0)?.content.equals(pdf)).toBe(true);
});

test('an unverified sender is MessageRejected', async () => {
  const refused = send(mail(newAddress(), { FromEmailAddress: 'a@notkerf.test' }));
  await expect(refused).rejects.toMatchObject({ name: 'MessageRejected' });
});

test('a bad address, no recipient, no body, a bad tag and too many recipients are refused and not kept', async () => {
  const before = box.list({ limit: 1000 }).length;
  const to = newAddress();
  const wrong: Partial<SendEmailCommandInput>[] = [
    { Destination: { ToAddresses: ['no address'] } },
    { Destination: { ToAddresses: [] } },
    { Destination: { ToAddresses: Array.from({ length: 51 }, newAddress) } },
    { Content: { Simple: { Subject: { Data: 's' }, Body: {} } } },
    { Content: { Template: { TemplateName: 't' } } },
    { EmailTags: [{ Name: 'a b', Value: 'c' }] },
  ];
  for (const more of wrong)
    await expect(send(mail(to, more))).rejects.toMatchObject({ name: 'BadRequestException' });
  await expect(send(mail(to, { ConfigurationSetName: 'none' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  expect(box.list({ limit: 1000 })).toHaveLength(before);
});

test('a message over 10 MB is refused', async () => {
  const Raw = {
    Data: Buffer.alloc(10 * 1024 * 1024 + 1, `From: a@kerf.test\r\nTo: ${newAddress()}\r\n\r\n`),
  };
  await expect(send({ Content: { Raw } })).rejects.toThrow('Message length is more than 10485760 bytes long');
});

test('the mail and what its hook enqueues are kept together or not at all', async () => {
  const to = newAddress();
  const seen: SentMail[] = [];
  onSent = (sent) => void seen.push(sent);
  await send(mail(to, { EmailTags: [{ Name: 'jobId', Value: 'job_1' }], ConfigurationSetName: 'kerf' }));
  onSent = () => {
    throw new Error('queue is full');
  };
  await expect(send(mail(to))).rejects.toMatchObject({ name: 'InternalFailure' });
  onSent = () => undefined;
  expect(box.list({ to })).toHaveLength(1);
  expect(sesEvents(seen[0]!)[0]).toMatchObject({
    source: 'aws.ses',
    detailType: 'Email Sent',
    detail: {
      eventType: 'Send',
      mail: {
        messageId: seen[0]!.messageId,
        destination: [to],
        tags: { jobId: ['job_1'], 'ses:configuration-set': ['kerf'] },
      },
    },
  });
});

test('mails are delivered; the addresses of the simulator bounce and complain', async () => {
  const [to, bounce, complaint] = [
    newAddress(),
    'bounce+one@simulator.amazonses.com',
    'complaint@simulator.amazonses.com',
  ];
  const seen: SentMail[] = [];
  onSent = (sent) => void seen.push(sent);
  await send(mail(to, { Destination: { ToAddresses: [to, bounce], CcAddresses: [complaint] } }));
  await send(mail(to));
  onSent = () => undefined;
  const told = sesEvents(seen[0]!);
  expect(told.map(({ detailType }) => detailType)).toEqual([
    'Email Sent',
    'Email Delivered',
    'Email Bounced',
    'Email Complaint Received',
  ]);
  expect(told[1]?.detail).toMatchObject({ delivery: { recipients: [to, complaint] } });
  expect(told[2]?.detail).toMatchObject({
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: bounce }] },
  });
  expect(told[3]?.detail).toMatchObject({
    complaint: { complainedRecipients: [{ emailAddress: complaint }] },
  });
  expect(sesEvents(seen[1]!).map(({ detailType }) => detailType)).toEqual(['Email Sent', 'Email Delivered']);
});

test('an acknowledged mail and its event survive kill -9', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ses-'));
  const child = fork(join(import.meta.dirname, 'ses.crash.ts'), [dir], { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  const client = new SESv2Client({ ...fixture.config, endpoint: url });
  const { MessageId } = await client.send(new SendEmailCommand(mail(newAddress())));
  child.kill('SIGKILL');
  await once(child, 'exit');
  const store = openStore(dir);
  expect(mailbox(store).get(MessageId!)).toBeDefined();
  expect(durableDeliveries(store, async () => undefined).idle()).toBe(false);
});

test('the page shows mails escaped, their HTML only in a sandbox, and links of the text', async () => {
  const to = newAddress();
  const { MessageId } = await send(mail(to));
  const show = (path: string, query = '') => {
    const { status, body, headers } = handleMailbox(box, path, new URLSearchParams(query));
    return { status, headers, body: body.toString() };
  };
  expect(show('/_local/mail', `to=${to}`).body).toContain('Your quote &#60;1&#62;');
  const one = show(`/_local/mail/${MessageId}`);
  expect(one.body).toContain('<a href="https://kerf.test/q/1" target="_blank"');
  expect(one.body).not.toContain('<script>');
  const html = show(`/_local/mail/${MessageId}/html`);
  expect(html.body).toContain('<p>See</p>');
  expect(html.headers['content-security-policy']).toMatch(/^sandbox (?!.*allow-scripts)/);
  expect(show('/_local/mail/none').status).toBe(404);
  const { mails } = JSON.parse(show('/_local/mail.json', `to=${to}`).body) as { mails: SentMail[] };
  expect(mails.map(({ messageId }) => messageId)).toEqual([MessageId]);
  expect(JSON.parse(show('/_local/mail.json', `to=${to}&after=${mails[0]!.sequence}`).body)).toEqual({
    mails: [],
  });
  expect(show('/_local/mail.json', 'after=x').status).toBe(400);
});

import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { templateNames } from '#domain/job/job.ts';
import { placeholders } from '#domain/mail/placeholders.ts';
import { longestMessage, mostAttachments } from '#domain/message/message.ts';
import { email } from '../email.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import {
  mailAudience,
  mailChoice,
  mailKind,
  mailSettingsView,
  mailTrouble,
  mailView,
  messageView,
} from '../views/mail.ts';
import { jobParams, seller } from './command.ts';

const editors = ['owner', 'admin'] as const;

export const listMessages = route({
  id: 'listMessages',
  method: 'GET',
  path: '/v1/jobs/{jobId}/messages',
  context: 'mail',
  summary: "The conversation about a job, oldest first, and how much of it the caller's side has not read",
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  out: z.object({ messages: z.array(messageView), unread: z.int() }),
  status: 200,
});

export const writeMessage = route({
  id: 'writeMessage',
  method: 'POST',
  path: '/v1/jobs/{jobId}/messages',
  context: 'mail',
  summary: 'Write to the other side about a job, or keep a note inside the shop',
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  body: z.object({
    text: text(longestMessage).min(1, 'Write something.'),
    /** Files that are at the job already. */
    fileIds: z.array(id('file')).max(mostAttachments).default([]),
    internal: z.boolean().default(false),
  }),
  out: messageView,
  status: 201,
  closedToSupport: true,
  idempotent: true,
});

export const readMessages = route({
  id: 'readMessages',
  method: 'POST',
  path: '/v1/jobs/{jobId}/messages/read',
  context: 'mail',
  summary: "Everything up to this message has been seen by the caller's side",
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  body: z.object({ upTo: id('msg') }),
  out: z.undefined(),
  status: 204,
  idempotent: true,
  closedToSupport: true,
});

export const listJobMails = route({
  id: 'listJobMails',
  method: 'GET',
  path: '/v1/jobs/{jobId}/mails',
  context: 'mail',
  summary: 'The mails about a job, what became of each, and which of its addresses do not work',
  callers: { staff: roles },
  params: jobParams,
  out: z.object({ mails: z.array(mailView), troubles: z.array(mailTrouble) }),
  status: 200,
});

export const listMailTroubles = route({
  id: 'listMailTroubles',
  method: 'GET',
  path: '/v1/mail-troubles',
  context: 'mail',
  summary: 'Addresses that mails are held for, because one came back or was unwanted',
  callers: { staff: roles },
  out: z.object({ troubles: z.array(mailTrouble) }),
  status: 200,
});

export const clearMailTrouble = route({
  id: 'clearMailTrouble',
  method: 'POST',
  path: '/v1/mail-troubles/clear',
  context: 'mail',
  summary: 'The address works again: mails to it are sent from now on; answers with those that still do not',
  callers: { staff: seller },
  body: z.object({ email }),
  out: z.object({ troubles: z.array(mailTrouble) }),
  status: 200,
  idempotent: true,
});

export const listMailSettings = route({
  id: 'listMailSettings',
  method: 'GET',
  path: '/v1/mail-settings',
  context: 'mail',
  summary: 'Every mail of every job type: whether it goes out, and its words',
  callers: { staff: editors },
  out: z.object({ templates: z.array(mailSettingsView), placeholders: z.array(z.enum(placeholders)) }),
  status: 200,
});

export const replaceMailSettings = route({
  id: 'replaceMailSettings',
  method: 'PUT',
  path: '/v1/mail-settings/{template}',
  context: 'mail',
  summary: 'Replace what the shop wants of the mails of one job type',
  callers: { staff: editors },
  params: z.object({ template: z.enum(templateNames) }),
  body: z.object({ choices: z.array(mailChoice).max(200) }),
  out: mailSettingsView,
  status: 200,
  versioned: true,
  closedToSupport: true,
});

const draft = z.object({
  template: z.enum(templateNames),
  kind: mailKind,
  audience: mailAudience,
  /** The words in force without. */
  subject: line(200).optional(),
  opening: text(2000).min(1).optional(),
  /** A job to write about; a made-up one without. */
  jobId: id('job').optional(),
});

export const previewMail = route({
  id: 'previewMail',
  method: 'POST',
  path: '/v1/mail-previews',
  context: 'mail',
  summary: 'How a mail would read; nothing is sent or kept',
  callers: { staff: editors },
  body: draft,
  out: z.object({ subject: z.string(), text: z.string(), html: z.string() }),
  status: 200,
  idempotent: true,
});

export const sendTestMail = route({
  id: 'sendTestMail',
  method: 'POST',
  path: '/v1/test-mails',
  context: 'mail',
  summary: 'Send a mail as it would read to the caller themselves',
  callers: { staff: editors },
  body: draft,
  out: z.object({ to: z.string() }),
  status: 201,
  idempotent: true,
});

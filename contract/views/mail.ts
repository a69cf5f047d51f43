import * as z from 'zod';
import { templateNames } from '#domain/job/job.ts';
import { mailStates, troubleKinds } from '#domain/mail/mail-fate.ts';
import { mailAudiences, mailKinds } from '#domain/mail/mail-kinds.ts';
import { sides } from '#domain/message/message.ts';
import { id } from '../ids.ts';
import { line, text } from '../text.ts';
import { instant } from './job.ts';

export const mailKind = z.enum(mailKinds).meta({ id: 'MailKind' });
export const mailAudience = z.enum(mailAudiences);

export const mailTrouble = z
  .object({ email: z.string(), kind: z.enum(troubleKinds), reason: z.string(), since: instant })
  .meta({ id: 'MailTrouble' });

export const mailView = z
  .object({
    id: id('mail'),
    kind: mailKind,
    title: z.string(),
    audience: mailAudience,
    state: z.enum(mailStates),
    subject: z.string().optional(),
    to: z.string().optional(),
    cc: z.string().optional(),
    /** Why it is where it is. */
    note: z.string().optional(),
    createdAt: instant,
    sentAt: instant.optional(),
  })
  .meta({ id: 'Mail' });
export type MailView = z.infer<typeof mailView>;

/** What a shop says about one mail of a job type; what is left out is as Kerf has it. */
export const mailChoice = z
  .object({
    kind: mailKind,
    audience: mailAudience,
    send: z.boolean().optional(),
    subject: line(200).optional(),
    opening: text(2000).min(1).optional(),
  })
  .meta({ id: 'MailChoice' });

export const mailSettingsView = z
  .object({
    template: z.enum(templateNames),
    title: z.string(),
    version: z.int(),
    mails: z.array(
      z.object({
        kind: mailKind,
        audience: mailAudience,
        title: z.string(),
        send: z.boolean(),
        /** Without a choice of the shop. */
        sendByDefault: z.boolean(),
        subject: z.string(),
        opening: z.string(),
        defaultSubject: z.string(),
        defaultOpening: z.string(),
        /** The billing contact gets a copy. */
        copied: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'MailSettings' });
export type MailSettingsView = z.infer<typeof mailSettingsView>;

export const messageView = z
  .object({
    id: id('msg'),
    from: z.enum(sides),
    author: z.string(),
    /** A note of the shop; customers never see one. */
    internal: z.boolean(),
    text: z.string(),
    files: z.array(z.object({ id: id('file'), name: z.string() })),
    /** Of the offer that was in force when it was written. */
    quoteVersion: z.int().optional(),
    at: instant,
  })
  .meta({ id: 'Message' });
export type MessageView = z.infer<typeof messageView>;

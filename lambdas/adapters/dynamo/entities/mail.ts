import { Entity } from 'electrodb';
import { mailStates, troubleKinds } from '#domain/mail/mail-fate.ts';
import { mailAudiences, mailKinds } from '#domain/mail/mail-kinds.ts';
import type { MailChoice } from '#domain/mail/mail-settings.ts';
import { templateNames } from '#domain/job/job.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** One message to one recipient about one event: the record that it is sent once, and what became of it. */
export const mailEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'mail', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        eventId: { type: 'string', required: true },
        audience: { type: mailAudiences, required: true },
        kind: { type: mailKinds, required: true },
        copied: { type: 'boolean', required: true },
        state: { type: mailStates, required: true },
        attempts: { type: 'number', required: true },
        leaseUntil: { type: 'string', required: true },
        facts: { ...nested<Record<string, string | number | boolean>>(), required: true },
        to: { type: 'string' },
        cc: { type: 'string' },
        subject: { type: 'string' },
        /** Why it is where it is. */
        note: { type: 'string' },
        sentAt: { type: 'string' },
        createdAt: { type: 'string', required: true },
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** The mails of a job's events. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['eventId', 'audience'], template: 'MAIL#${eventId}#${audience}' },
        ),
      },
    },
    config,
  );

/** What the shop wants of the mails of one job type. */
export const mailSettingsEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'mailSettings', version: '1', service: 'kerf' },
      attributes: {
        template: { type: templateNames, required: true },
        version: { type: 'number', required: true },
        choices: { ...nested<MailChoice[]>(), required: true },
        updatedAt: { type: 'string', required: true },
      },
      indexes: {
        /** The shop's choices about mails. */
        all: primary(
          { of: [], template: `SHOP#${shopId}#MAILSETTINGS` },
          { of: ['template'], template: 'TEMPLATE#${template}' },
        ),
      },
    },
    config,
  );

/** An address that mails are held for. It enters the key as its hash. */
export const mailTroubleEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'mailTrouble', version: '1', service: 'kerf' },
      attributes: {
        emailHash: { type: 'string', required: true },
        email: { type: 'string', required: true },
        kind: { type: troubleKinds, required: true },
        reason: { type: 'string', required: true },
        since: { type: 'string', required: true },
      },
      indexes: {
        /** Addresses that do not work. */
        all: primary(
          { of: [], template: `SHOP#${shopId}#MAILTROUBLES` },
          { of: ['emailHash'], template: 'EMAIL#${emailHash}' },
        ),
      },
    },
    config,
  );

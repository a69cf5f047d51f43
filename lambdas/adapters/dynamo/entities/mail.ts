import { CustomAttributeType, Entity } from 'electrodb';
import { mailAudiences } from '#domain/mail/mails-for.ts';
import { primary, type EntityConfig } from '../keys.ts';

/** One message to one recipient about one event: the record that it is sent once. */
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
        kind: { type: 'string', required: true },
        state: { type: ['sending', 'sent', 'given_up'] as const, required: true },
        attempts: { type: 'number', required: true },
        leaseUntil: { type: 'string', required: true },
        facts: {
          type: CustomAttributeType<Record<string, string | number | boolean>>('any'),
          required: true,
        },
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

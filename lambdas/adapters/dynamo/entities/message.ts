import { Entity } from 'electrodb';
import { sides } from '#domain/message/message.ts';
import { primary, type EntityConfig } from '../keys.ts';

export const messageEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'message', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        from: { type: sides, required: true },
        authorName: { type: 'string', required: true },
        internal: { type: 'boolean', required: true },
        text: { type: 'string', required: true },
        fileIds: { type: 'list', items: { type: 'string' }, required: true },
        quoteVersion: { type: 'number' },
        at: { type: 'string', required: true },
      },
      indexes: {
        /** The conversation about a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: 'MESSAGE#${id}' },
        ),
      },
    },
    config,
  );

/** The last message one side has seen. */
export const readMarkEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'readMark', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        side: { type: sides, required: true },
        upTo: { type: 'string', required: true },
      },
      indexes: {
        /** How far a side has read. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['side'], template: 'READ#${side}' },
        ),
      },
    },
    config,
  );

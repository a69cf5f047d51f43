import { Entity } from 'electrodb';
import type { Due } from '#domain/job/due.ts';
import { statuses } from '#domain/job/job.ts';
import { onJobPage, primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const stayEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'stay', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        visit: { type: 'number', required: true, padding: { length: 6, char: '0' } },
        status: { type: statuses, required: true },
        enteredAt: { type: 'string', required: true },
        leftAt: { type: 'string' },
        due: { ...nested<Due[]>(), required: true },
      },
      indexes: {
        /** The visits of a job to its statuses, in order. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['visit'], template: `${onJobPage}STAY#\${visit}` },
        ),
      },
    },
    config,
  );

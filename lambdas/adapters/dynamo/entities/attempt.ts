import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** One task token waiting on a stay. The token is a secret: never in events or logs. */
export const attemptEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'attempt', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        /** Sortable: the newest attempt is the last. */
        attemptId: { type: 'string', required: true },
        visit: { type: 'number', required: true },
        generation: { type: 'number', required: true },
        token: { type: 'string', required: true },
        state: { type: ['waiting', 'resumed', 'stale'] as const, required: true },
        createdAt: { type: 'string', required: true },
        /** Epoch seconds; an execution never waits longer on one token. */
        ttl: { type: 'number', required: true },
      },
      indexes: {
        /** The attempts of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['attemptId'], template: 'ATTEMPT#${attemptId}' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** Which execution conducts a job. `syspk`/`syssk` put it on the reconciler's watch list until `syssk`'s instant is pushed on. */
export const workflowEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'workflow', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        generation: { type: 'number', required: true },
        executionName: { type: 'string', required: true },
        /** The job version the execution has taken note of last. */
        enteredVersion: { type: 'number', required: true },
        /** The job version of the last decision that it has to take note of. */
        decidedVersion: { type: 'number' },
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** The workflow of a job. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: [], template: 'WORKFLOW' },
        ),
      },
    },
    config,
  );

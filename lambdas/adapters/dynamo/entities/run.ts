import { Entity } from 'electrodb';
import { runStates, type Run } from '#domain/run/run.ts';
import { primary, secondary, withJob, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const runEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'run', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        partId: { type: 'string', required: true },
        machineId: { type: 'string', required: true },
        quantity: { type: 'number', required: true },
        state: { type: runStates, required: true },
        requestedAt: { type: 'string', required: true },
        estimatedSeconds: { type: 'number', required: true },
        uncorrected: nested<NonNullable<Run['uncorrected']>>(),
        startedAt: { type: 'string' },
        endedAt: { type: 'string' },
        actualSeconds: { type: 'number' },
        actualGrams: { type: 'number' },
        actualSheets: { type: 'number' },
        operator: nested<NonNullable<Run['operator']>>(),
        pauses: nested<NonNullable<Run['pauses']>>(),
        reason: { type: 'string' },
        voided: { type: 'boolean' },
      },
      indexes: {
        /** The runs of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${withJob}#RUN#\${id}` },
        ),
        /** A run by its id alone, as an agent names it. */
        byId: secondary(
          'gsi1',
          { of: ['id'], template: `SHOP#${shopId}#RUN#\${id}` },
          { of: [], template: 'RUN' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { processes } from '#domain/process.ts';
import { primary, withJob, type EntityConfig } from '../keys.ts';

export const partEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'part', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        id: { type: 'string', required: true },
        fileId: { type: 'string', required: true },
        name: { type: 'string', required: true },
        process: { type: processes, required: true },
        materialId: { type: 'string', required: true },
        finishId: { type: 'string', required: true },
        infillPercent: { type: 'number' },
        orientation: { type: ['as_uploaded'] as const },
        postProduction: { type: 'boolean', required: true },
        wanted: { type: 'number', required: true },
        made: { type: 'number', required: true },
        scrapped: { type: 'number', required: true },
      },
      indexes: {
        /** The parts of a job. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${withJob}#PART#\${id}` },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { photoTypes } from '#domain/photo/photo.ts';
import { primary, type EntityConfig } from '../keys.ts';

export const photoEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'photo', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        inspectionId: { type: 'string' },
        name: { type: 'string', required: true },
        caption: { type: 'string' },
        bytes: { type: 'number', required: true },
        state: { type: ['awaiting_upload', 'stored', 'refused'] as const, required: true },
        type: { type: photoTypes },
        shared: { type: 'boolean', required: true },
        by: { type: 'string', required: true },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** The photos of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: 'PHOTO#${id}' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { attachmentTypes, photoKinds } from '#domain/photo/photo.ts';
import { primary, type EntityConfig } from '../keys.ts';

export const photoEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'photo', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        kind: { type: photoKinds },
        inspectionId: { type: 'string' },
        name: { type: 'string', required: true },
        caption: { type: 'string' },
        bytes: { type: 'number', required: true },
        state: { type: ['awaiting_upload', 'stored', 'refused'] as const, required: true },
        type: { type: attachmentTypes },
        shared: { type: 'boolean', required: true },
        by: { type: 'string', required: true },
        byVendor: { type: 'boolean' },
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

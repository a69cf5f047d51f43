import { Entity } from 'electrodb';
import type { RepairedContent } from '#domain/file/file.ts';
import type { GeometryReport } from '#domain/geometry/report.ts';
import { primary, withJob, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const fileEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'file', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        bytes: { type: 'number', required: true },
        state: { type: ['awaiting_upload', 'checked', 'refused'] as const, required: true },
        sha256: { type: 'string' },
        report: nested<GeometryReport>(),
        hasPreview: { type: 'boolean' },
        hasLayers: { type: 'boolean' },
        previewScale: { type: 'number' },
        repair: nested<RepairedContent>(),
        repairedFrom: { type: 'string' },
        createdAt: { type: 'string', required: true },
        checkedAt: { type: 'string' },
      },
      indexes: {
        /** The files of a job. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${withJob}#FILE#\${id}` },
        ),
      },
    },
    config,
  );

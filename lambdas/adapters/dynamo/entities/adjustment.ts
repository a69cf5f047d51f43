import { Entity } from 'electrodb';
import { adjustmentStates } from '#domain/adjustment/adjustment.ts';
import { inBooks, primary, type EntityConfig } from '../keys.ts';

export const adjustmentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'adjustment', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        quoteVersion: { type: 'number', required: true },
        label: { type: 'string', required: true },
        quantity: { type: 'number', required: true },
        unitMinor: { type: 'number', required: true },
        totalMinor: { type: 'number', required: true },
        taxMinor: { type: 'number', required: true },
        reason: { type: 'string', required: true },
        state: { type: adjustmentStates, required: true },
        by: { type: 'string', required: true },
        at: { type: 'string', required: true },
        answeredBy: { type: 'string' },
        answeredAt: { type: 'string' },
      },
      indexes: {
        /** What was added to what was agreed, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${inBooks}ADJUSTMENT#\${id}` },
        ),
      },
    },
    config,
  );

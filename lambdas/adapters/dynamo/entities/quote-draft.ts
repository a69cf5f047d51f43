import { Entity } from 'electrodb';
import type { QuoteEdits } from '#domain/quote/quote-edits.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const quoteDraftEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'quoteDraft', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        version: { type: 'number', required: true },
        edits: { ...nested<QuoteEdits>(), required: true },
        savedAt: { type: 'string', required: true },
        savedBy: { type: 'string', required: true },
      },
      indexes: {
        /** What the shop prepares for the next version of a job's offer. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: [], template: 'QUOTEDRAFT' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { quoteStates } from '#domain/job/job.ts';
import type { Quote } from '#domain/quote/quote.ts';
import { onJobPage, primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const quoteEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'quote', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        version: { type: 'number', required: true, padding: { length: 4, char: '0' } },
        state: { type: quoteStates, required: true },
        price: { ...nested<Quote['price']>(), required: true },
        basis: { ...nested<Quote['basis']>(), required: true },
        depositMinor: { type: 'number' },
        message: { type: 'string' },
        sentAt: { type: 'string', required: true },
        validUntil: { type: 'string', required: true },
        answeredAt: { type: 'string' },
        answeredBy: { type: 'string' },
        answer: { type: 'string' },
      },
      indexes: {
        /** The versions of a job's offer, in order. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['version'], template: `${onJobPage}QUOTE#\${version}` },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import type { LetterheadSettings } from '#domain/document/letterhead.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** A document that was issued: what it says, once and for ever, and the file it became when it was first read. */
export const documentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'document', version: '1', service: 'kerf' },
      attributes: {
        jobId: { type: 'string', required: true },
        /** The paper's name, e.g. `quote-2`. */
        key: { type: 'string', required: true },
        fileName: { type: 'string', required: true },
        issuedAt: { type: 'string', required: true },
        /** Hash of what it says. */
        wording: { type: 'string', required: true },
        print: {
          type: 'map',
          properties: {
            sha256: { type: 'string', required: true },
            bytes: { type: 'number', required: true },
          },
        },
      },
      indexes: {
        /** The issued documents of a job. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['key'], template: 'DOCUMENT#${key}' },
        ),
      },
    },
    config,
  );

export const letterheadEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'letterhead', version: '1', service: 'kerf' },
      attributes: {
        version: { type: 'number', required: true },
        settings: { ...nested<LetterheadSettings>(), required: true },
      },
      indexes: {
        /** The shop's letterhead; none before its first edit. */
        self: primary({ of: [], template: `SHOP#${shopId}#LETTERHEAD` }, { of: [], template: 'LETTERHEAD' }),
      },
    },
    config,
  );

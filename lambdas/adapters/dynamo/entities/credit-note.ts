import { Entity } from 'electrodb';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import { inBooks, primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const creditNoteEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'creditNote', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        invoiceId: { type: 'string', required: true },
        issuedAt: { type: 'string', required: true },
        note: { ...nested<CreditNote>(), required: true },
      },
      indexes: {
        /** The credit notes of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${inBooks}CREDITNOTE#\${id}` },
        ),
        /** A credit note by its id. */
        byId: secondary(
          'gsi1',
          { of: ['id'], template: `SHOP#${shopId}#CREDITNOTE#\${id}` },
          { of: [], template: 'CREDITNOTE' },
        ),
        /** The shop's credit notes by the day they were issued. */
        inPeriod: secondary(
          'gsi2',
          { of: [], template: `SHOP#${shopId}#CREDITNOTES` },
          { of: ['issuedAt', 'id'], template: '${issuedAt}#${id}' },
        ),
      },
    },
    config,
  );

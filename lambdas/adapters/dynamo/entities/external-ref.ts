import { Entity } from 'electrodb';
import { bookedKinds } from '#domain/books/external-ref.ts';
import { primary, type EntityConfig } from '../keys.ts';

/** What another system (accounting) calls a thing of ours. */
export const externalRefEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'externalRef', version: '1', service: 'kerf' },
      attributes: {
        kind: { type: bookedKinds, required: true },
        id: { type: 'string', required: true },
        system: { type: 'string', required: true },
        externalId: { type: 'string', required: true },
        syncedAt: { type: 'string', required: true },
      },
      indexes: {
        /** The names that other systems have for the shop's invoices, payments, refunds, credit notes and customers. */
        all: primary(
          { of: [], template: `SHOP#${shopId}#EXTERNALREFS` },
          { of: ['kind', 'id', 'system'], template: '${kind}#${id}#${system}' },
        ),
      },
    },
    config,
  );

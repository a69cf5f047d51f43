import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** Running numbers of a shop. */
export const counterEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'counter', version: '1', service: 'kerf' },
      attributes: {
        name: {
          type: ['jobs', 'invoices', 'credit_notes', 'purchase_orders', 'events'] as const,
          required: true,
        },
        value: { type: 'number', required: true },
      },
      indexes: {
        /** A counter by name. */
        byName: primary(
          { of: ['name'], template: `SHOP#${shopId}#COUNTER#\${name}` },
          { of: [], template: 'COUNTER' },
        ),
      },
    },
    config,
  );

import { CustomAttributeType, Entity } from 'electrodb';
import type { MonthMark } from '#domain/platform/usage.ts';
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
        /** Of events: what of the value belongs to the current month. */
        month: { type: CustomAttributeType<MonthMark>('any') },
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

import { Entity } from 'electrodb';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const vendorEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'vendor', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        contact: { type: 'string' },
        email: { type: 'string', required: true },
        phone: { type: 'string' },
        processes: { ...nested<readonly string[]>(), required: true },
        leadTimeDays: { type: 'number' },
        minimumOrderMinor: { type: 'number' },
        note: { type: 'string' },
        archivedAt: { type: 'string' },
        version: { type: 'number', required: true },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** A vendor by id. */
        byId: primary(
          { of: ['id'], template: `SHOP#${shopId}#VENDOR#\${id}` },
          { of: [], template: 'VENDOR' },
        ),
        /** The shop's vendors, oldest first. */
        ofShop: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#VENDORS` },
          { of: ['createdAt', 'id'], template: '${createdAt}#${id}' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import type { Shop } from '#domain/shop/shop.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const shopEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'shop', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        slug: { type: 'string', required: true },
        email: { type: 'string', required: true },
        founder: { ...nested<Shop['founder']>(), required: true },
        currency: { type: 'string', required: true },
        timeZone: { type: 'string', required: true },
        quoteValidDays: { type: 'number', required: true },
        paymentAccountId: { type: 'string' },
        version: { type: 'number', required: true },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** The shop itself. */
        self: primary({ of: [], template: `SHOP#${shopId}#SHOP` }, { of: [], template: 'SHOP' }),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import type { Closing } from '#domain/shop/closing.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** That the shop is to be deleted: the last of its rows to go. */
export const closingEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'closing', version: '1', service: 'kerf' },
      attributes: {
        shopId: { type: 'string', required: true },
        askedAt: { type: 'string', required: true },
        askedBy: { ...nested<Closing['askedBy']>(), required: true },
        deleteAt: { type: 'string', required: true },
        leaseUntil: { type: 'string', required: true },
        removed: { ...nested<Closing['removed']>(), required: true },
        shutOutAt: { type: 'string' },
        lastFoundAt: { type: 'string' },
        revision: { type: 'number', required: true },
        /** On the list of shops to be deleted. */
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** Whether the shop is to be deleted. */
        self: primary({ of: [], template: `SHOP#${shopId}#CLOSING` }, { of: [], template: 'CLOSING' }),
      },
    },
    config,
  );

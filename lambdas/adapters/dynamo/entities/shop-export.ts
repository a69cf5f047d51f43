import { Entity } from 'electrodb';
import { exportSections, exportStates, type ShopExport } from '#domain/shop/shop-export.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** A copy of the shop that its owner asked for, and how far it has come. */
export const shopExportEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'shopExport', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        state: { type: exportStates, required: true },
        askedAt: { type: 'string', required: true },
        askedBy: { ...nested<ShopExport['askedBy']>(), required: true },
        section: { type: exportSections, required: true },
        cursor: { type: 'string' },
        seq: { type: 'number', required: true },
        volumes: { ...nested<ShopExport['volumes']>(), required: true },
        lines: { ...nested<ShopExport['lines']>(), required: true },
        files: { type: 'number', required: true },
        tries: { type: 'number', required: true },
        leaseUntil: { type: 'string', required: true },
        revision: { type: 'number', required: true },
        endedAt: { type: 'string' },
        expiresAt: { type: 'string' },
        /** On the list of exports while it is made, and until its files are gone. */
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** The shop's exports, oldest first. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#EXPORTS` },
          { of: ['id'], template: 'EXPORT#${id}' },
        ),
      },
    },
    config,
  );

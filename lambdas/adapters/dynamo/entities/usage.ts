import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** What the shop used in a month. Numbers that another row counts anyway are written here when their month is over. */
export const usageEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'usage', version: '1', service: 'kerf' },
      attributes: {
        month: { type: 'string', required: true },
        calls: { type: 'number' },
        jobs: { type: 'number' },
        files: { type: 'number' },
        fileBytes: { type: 'number' },
        mails: { type: 'number' },
        events: { type: 'number' },
        machineMessages: { type: 'number' },
      },
      indexes: {
        /** All months, oldest first. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#USAGE` },
          { of: ['month'], template: 'MONTH#${month}' },
        ),
      },
    },
    config,
  );

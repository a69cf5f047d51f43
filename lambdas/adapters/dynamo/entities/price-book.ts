import { Entity } from 'electrodb';
import type { PriceBook } from '#domain/price/price-book.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** Every version is kept, so that a quote can be computed again. */
export const priceBookEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'priceBook', version: '1', service: 'kerf' },
      attributes: {
        version: { type: 'number', required: true, padding: { length: 6, char: '0' } },
        book: { ...nested<PriceBook>(), required: true },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** The versions of the price book, in order; the last is in force. */
        versions: primary(
          { of: [], template: `SHOP#${shopId}#PRICEBOOK` },
          { of: ['version'], template: 'VERSION#${version}' },
        ),
      },
    },
    config,
  );

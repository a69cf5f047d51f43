import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** What a caller's key stood for and what was answered. */
export const idempotencyEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'idempotency', version: '1', service: 'kerf' },
      attributes: {
        /** SHA-256 of caller and key: callers can not meet each other's keys. */
        keyHash: { type: 'string', required: true },
        bodyHash: { type: 'string', required: true },
        response: nested<unknown>(),
        ttl: { type: 'number', required: true },
      },
      indexes: {
        /** An answer given before. */
        byKey: primary(
          { of: ['keyHash'], template: `SHOP#${shopId}#IDEMPOTENCY#\${keyHash}` },
          { of: [], template: 'IDEMPOTENCY' },
        ),
      },
    },
    config,
  );

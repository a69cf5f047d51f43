import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** Calls that were leased of one minute's allowance. */
export const callCountEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'callCount', version: '1', service: 'kerf' },
      attributes: {
        /** Whose allowance: `shop`, or a caller by the hash of who they are. */
        subject: { type: 'string', required: true },
        /** Since 1970. */
        minute: { type: 'number', required: true },
        leased: { type: 'number', required: true },
        ttl: { type: 'number', required: true },
      },
      indexes: {
        /** What one minute's allowance was used for. */
        ofSubject: primary(
          { of: ['subject'], template: `SHOP#${shopId}#CALLS#\${subject}` },
          { of: ['minute'], template: 'MINUTE#${minute}' },
        ),
      },
    },
    config,
  );

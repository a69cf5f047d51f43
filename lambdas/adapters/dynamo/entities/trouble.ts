import { Entity } from 'electrodb';
import { primary, type EntityConfig } from '../keys.ts';

/** What a function could not do for an event or a job; nothing is written while all goes well. */
export const troubleEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'trouble', version: '1', service: 'kerf' },
      attributes: {
        /** `<function>.<id of the event, or of the job>`. */
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        what: { type: 'string', required: true },
        error: { type: 'string', required: true },
        attempts: { type: 'number', required: true },
        firstAt: { type: 'string', required: true },
        lastAt: { type: 'string', required: true },
        ttl: { type: 'number', required: true },
        /** On the operators' list. */
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** One of them. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#TROUBLES` },
          { of: ['id'], template: 'TROUBLE#${id}' },
        ),
      },
    },
    config,
  );

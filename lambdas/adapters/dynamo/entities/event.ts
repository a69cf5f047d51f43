import { Entity } from 'electrodb';
import type { Actor } from '#domain/actor.ts';
import { eventTypes, type LoggedEvent } from '#domain/event.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** An outbox row and, once the relay has numbered it, a line of the shop's log. */
export const eventEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'event', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        customerId: { type: 'string', required: true },
        type: { type: eventTypes, required: true },
        at: { type: 'string', required: true },
        actor: { ...nested<Actor>(), required: true },
        transition: nested<NonNullable<LoggedEvent['transition']>>(),
        data: { ...nested<LoggedEvent['data']>(), required: true },
        quiet: { type: 'boolean' },
        undoUntil: { type: 'string' },
        seq: { type: 'number', padding: { length: 12, char: '0' } },
        /** On the relay's sweep list until it is on the bus. */
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** The timeline of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: 'EVENT#${id}' },
        ),
        /** The shop's log by sequence number; an event is in it from its numbering on. */
        log: {
          ...secondary(
            'gsi1',
            { of: [], template: `SHOP#${shopId}#LOG` },
            { of: ['seq'], template: 'SEQ#${seq}' },
          ),
          condition: (row: { seq?: number }) => row.seq !== undefined,
        },
      },
    },
    config,
  );

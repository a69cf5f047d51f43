import { Entity } from 'electrodb';
import { supportKinds, type SupportEntry } from '#domain/platform/support.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** What Kerf's people did about the shop. */
export const supportEntryEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'supportEntry', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        kind: { type: supportKinds, required: true },
        at: { type: 'string', required: true },
        operator: { ...nested<SupportEntry['operator']>(), required: true },
        reason: { type: 'string', required: true },
        expiresAt: { type: 'string' },
        endedAt: { type: 'string' },
      },
      indexes: {
        /** All of it, in order of time. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#SUPPORT` },
          { of: ['id'], template: 'ENTRY#${id}' },
        ),
      },
    },
    config,
  );

/** A call that changed something during a visit. */
export const visitActEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'visitAct', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        visitId: { type: 'string', required: true },
        at: { type: 'string', required: true },
        route: { type: 'string', required: true },
        target: { ...nested<Record<string, string>>(), required: true },
      },
      indexes: {
        /** What was changed during a visit. */
        ofVisit: primary(
          { of: ['visitId'], template: `SHOP#${shopId}#VISIT#\${visitId}` },
          { of: ['id'], template: 'ACT#${id}' },
        ),
      },
    },
    config,
  );

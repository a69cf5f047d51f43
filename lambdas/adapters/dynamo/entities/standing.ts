import { Entity } from 'electrodb';
import { planNames } from '#domain/platform/plan.ts';
import type { Suspension } from '#domain/platform/standing.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** How the shop stands with Kerf; apart from the shop's own row, which its people change. */
export const standingEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'standing', version: '1', service: 'kerf' },
      attributes: {
        plan: { type: planNames, required: true },
        suspension: nested<Suspension>(),
        version: { type: 'number', required: true },
      },
      indexes: {
        /** The shop's plan and suspension. */
        self: primary({ of: [], template: `SHOP#${shopId}#STANDING` }, { of: [], template: 'STANDING' }),
      },
    },
    config,
  );

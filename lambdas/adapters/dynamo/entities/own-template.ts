import { Entity } from 'electrodb';
import { templateNames } from '#domain/job/job.ts';
import type { OwnTemplate } from '#domain/job/own-template.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** What a shop has made of a shipped workflow template. */
export const ownTemplateEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'ownTemplate', version: '1', service: 'kerf' },
      attributes: {
        name: { type: templateNames, required: true },
        version: { type: 'number', required: true },
        own: { ...nested<OwnTemplate>(), required: true },
        updatedAt: { type: 'string', required: true },
      },
      indexes: {
        /** The shop's copies. */
        all: primary(
          { of: [], template: `SHOP#${shopId}#TEMPLATES` },
          { of: ['name'], template: 'TEMPLATE#${name}' },
        ),
      },
    },
    config,
  );

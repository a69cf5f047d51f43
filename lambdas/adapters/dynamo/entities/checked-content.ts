import { Entity } from 'electrodb';
import type { RepairedContent } from '#domain/file/file.ts';
import type { GeometryReport } from '#domain/geometry/report.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** What the check found in one content, whatever file it came as. */
export const checkedContentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'checkedContent', version: '1', service: 'kerf' },
      attributes: {
        bytes: { type: 'number', required: true },
        sha256: { type: 'string', required: true },
        report: { ...nested<GeometryReport>(), required: true },
        hasPreview: { type: 'boolean', required: true },
        hasLayers: { type: 'boolean', required: true },
        repair: nested<RepairedContent>(),
      },
      indexes: {
        /** Contents of one length: an upload's length is known before its hash. */
        ofLength: primary(
          { of: ['bytes'], template: `SHOP#${shopId}#CONTENT#\${bytes}` },
          { of: ['sha256'], template: 'SHA256#${sha256}' },
        ),
        /** Every content the shop ever had checked. */
        ofShop: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#CONTENTS` },
          { of: ['bytes', 'sha256'], template: '${bytes}#${sha256}' },
        ),
      },
    },
    config,
  );

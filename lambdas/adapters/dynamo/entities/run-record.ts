import { Entity } from 'electrodb';
import type { RunRecord } from '#domain/estimate/run-record.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** What runs of a machine with a material took. */
export const runRecordEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'runRecord', version: '1', service: 'kerf' },
      attributes: {
        machineId: { type: 'string', required: true },
        materialId: { type: 'string', required: true },
        runs: { ...nested<RunRecord['runs']>(), required: true },
        version: { type: 'number', required: true },
      },
      indexes: {
        /** The machines that a material was printed on. */
        ofMaterial: primary(
          { of: ['materialId'], template: `SHOP#${shopId}#RUNS-WITH#\${materialId}` },
          { of: ['machineId'], template: 'MACHINE#${machineId}' },
        ),
        /** Everything the shop's machines have taught. */
        ofShop: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#RUNRECORDS` },
          { of: ['materialId', 'machineId'], template: '${materialId}#${machineId}' },
        ),
      },
    },
    config,
  );

import { Entity } from 'electrodb';
import { checklistIds, type Checklist } from '#domain/inspection/checklist.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

/** A checklist that the shop has edited. */
export const checklistEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'checklist', version: '1', service: 'kerf' },
      attributes: {
        id: { type: checklistIds, required: true },
        name: { type: 'string', required: true },
        items: { ...nested<Checklist['items']>(), required: true },
        version: { type: 'number', required: true },
      },
      indexes: {
        /** The checklists of the shop that are not as they came. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#CHECKLISTS` },
          { of: ['id'], template: 'CHECKLIST#${id}' },
        ),
      },
    },
    config,
  );

export const inspectionEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'inspection', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        checklistId: { type: checklistIds, required: true },
        checklistVersion: { type: 'number', required: true },
        attempt: { type: 'number', required: true, padding: { length: 4, char: '0' } },
        reworkCycle: { type: 'number', required: true },
        items: { ...nested<Inspection['items']>(), required: true },
        outcome: { type: ['pass', 'fail'] as const, required: true },
        inspector: { ...nested<Inspection['inspector']>(), required: true },
        note: { type: 'string' },
        at: { type: 'string', required: true },
      },
      indexes: {
        /** The inspections of a job; the key is what keeps one first look the only one. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['checklistId', 'attempt'], template: 'INSPECTION#${checklistId}#${attempt}' },
        ),
        /** The shop's inspections over time. */
        ofShop: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#INSPECTIONS` },
          { of: ['at', 'id'], template: '${at}#${id}' },
        ),
      },
    },
    config,
  );

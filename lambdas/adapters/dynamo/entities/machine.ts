import { Entity } from 'electrodb';
import { processes } from '#domain/process.ts';
import { machineStates, type Machine, type MachineLive } from '#domain/machine/machine.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const machineEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'machine', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        process: { type: processes, required: true },
        volumeMm: { ...nested<Machine['volumeMm']>(), required: true },
        agentId: { type: 'string' },
        bed: { type: ['clear', 'occupied'] as const, required: true },
        currentRunId: { type: 'string' },
        version: { type: 'number', required: true },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** The shop's machines. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#MACHINES` },
          { of: ['id'], template: 'MACHINE#${id}' },
        ),
      },
    },
    config,
  );

const telemetry = 'TELEMETRY#';
export const telemetryKey = (machineId: string): string => `${telemetry}${machineId}`;

/** Newest telemetry; written by the ingest alone, so that it never bumps the machine's version. */
export const machineLiveEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'machineLive', version: '1', service: 'kerf' },
      attributes: {
        machineId: { type: 'string', required: true },
        state: { type: machineStates, required: true },
        percent: { type: 'number' },
        etaSeconds: { type: 'number' },
        layer: { type: 'number' },
        layers: { type: 'number' },
        temperaturesC: nested<NonNullable<MachineLive['temperaturesC']>>(),
        runId: { type: 'string' },
        error: { type: 'string' },
        observedAt: { type: 'string', required: true },
      },
      indexes: {
        /** Beside the machines: one query reads both. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#MACHINES` },
          { of: ['machineId'], template: `${telemetry}\${machineId}` },
        ),
      },
    },
    config,
  );

import { CustomAttributeType, Entity } from 'electrodb';
import type { MonthMark } from '#domain/platform/usage.ts';
import { commandStates } from '#domain/machine/command.ts';
import { primary, type EntityConfig } from '../keys.ts';

export const agentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'agent', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        machineIds: { type: CustomAttributeType<string[]>('any'), required: true },
        certificateId: { type: 'string', required: true },
        certificateArn: { type: 'string', required: true },
        contact: { type: ['connected', 'lost'] as const, required: true },
        lastSeenAt: { type: 'string', required: true },
        /** Facts up to this number are stored. */
        factSeq: { type: 'number', required: true },
        createdAt: { type: 'string', required: true },
        /** Snapshots it has sent, and what of them belongs to the current month. */
        messages: { type: 'number' },
        month: { type: CustomAttributeType<MonthMark>('any') },
        /** On the watch list of the farm sweep while in contact or while commands wait. */
        syspk: { type: 'string' },
        syssk: { type: 'string' },
      },
      indexes: {
        /** The shop's agents. */
        ofShop: primary(
          { of: [], template: `SHOP#${shopId}#AGENTS` },
          { of: ['id'], template: 'AGENT#${id}' },
        ),
      },
    },
    config,
  );

export const machineCommandEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'machineCommand', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        agentId: { type: 'string', required: true },
        machineId: { type: 'string', required: true },
        kind: { type: ['print'] as const, required: true },
        runId: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        fileId: { type: 'string', required: true },
        quantity: { type: 'number', required: true },
        estimatedSeconds: { type: 'number', required: true },
        estimatedGrams: { type: 'number', required: true },
        state: { type: commandStates, required: true },
        issuedAt: { type: 'string', required: true },
        expiresAt: { type: 'string', required: true },
        reason: { type: 'string' },
      },
      indexes: {
        /** The commands of an agent, oldest first. */
        ofAgent: primary(
          { of: ['agentId'], template: `SHOP#${shopId}#AGENT#\${agentId}` },
          { of: ['id'], template: 'COMMAND#${id}' },
        ),
      },
    },
    config,
  );

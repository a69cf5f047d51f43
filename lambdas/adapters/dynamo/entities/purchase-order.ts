import { Entity } from 'electrodb';
import type { PurchaseOrder } from '#domain/purchase-order/purchase-order.ts';
import { primary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const purchaseOrderEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'purchaseOrder', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        order: { ...nested<PurchaseOrder>(), required: true },
      },
      indexes: {
        /** The purchase orders of a job, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: 'PURCHASEORDER#${id}' },
        ),
      },
    },
    config,
  );

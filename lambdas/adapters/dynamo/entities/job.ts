import { CustomAttributeType, Entity } from 'electrodb';
import { jobPaymentStates, statuses, templateNames, type Job } from '#domain/job/job.ts';
import { primary, secondary, withJob, type EntityConfig } from '../keys.ts';

export const jobEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'job', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        shopId: { type: 'string', required: true },
        number: { type: 'string', required: true },
        template: { type: templateNames, required: true },
        title: { type: 'string', required: true },
        status: { type: statuses, required: true },
        heldFrom: { type: statuses },
        dueFrom: { type: statuses },
        version: { type: 'number', required: true },
        visit: { type: 'number', required: true },
        customerId: { type: 'string', required: true },
        customer: { type: CustomAttributeType<Job['customer']>('any'), required: true },
        source: { type: ['portal', 'staff'] as const, required: true },
        delivery: { type: ['pickup', 'shipping'] as const, required: true },
        wantedBy: { type: 'string' },
        note: { type: 'string' },
        quote: { type: CustomAttributeType<NonNullable<Job['quote']>>('any') },
        pictureSha256: { type: 'string' },
        agreedAt: { type: 'string' },
        payment: { type: jobPaymentStates, required: true },
        paidMinor: { type: 'number' },
        adjusted: { type: CustomAttributeType<NonNullable<Job['adjusted']>>('any') },
        invoicedAt: { type: 'string' },
        returning: { type: CustomAttributeType<NonNullable<Job['returning']>>('any') },
        kept: { type: CustomAttributeType<NonNullable<Job['kept']>>('any') },
        termsWaived: { type: 'string' },
        po: { type: CustomAttributeType<NonNullable<Job['po']>>('any') },
        salesperson: { type: CustomAttributeType<NonNullable<Job['salesperson']>>('any') },
        promised: { type: CustomAttributeType<NonNullable<Job['promised']>>('any') },
        spec: { type: 'string' },
        vendor: { type: CustomAttributeType<NonNullable<Job['vendor']>>('any') },
        vendorPrice: { type: CustomAttributeType<NonNullable<Job['vendorPrice']>>('any') },
        shipment: { type: CustomAttributeType<NonNullable<Job['shipment']>>('any') },
        receivedBy: { type: 'string' },
        redoOf: { type: 'string' },
        reorderOf: { type: 'string' },
        undo: { type: CustomAttributeType<NonNullable<Job['undo']>>('any') },
        flags: { type: CustomAttributeType<NonNullable<Job['flags']>>('any') },
        reworkCycle: { type: 'number', required: true },
        createdAt: { type: 'string', required: true },
        updatedAt: { type: 'string', required: true },
      },
      indexes: {
        /** A job by id. */
        byId: primary({ of: ['id'], template: `SHOP#${shopId}#JOB#\${id}` }, { of: [], template: withJob }),
        /** The shop's jobs, most recently changed first. */
        recent: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#JOBS` },
          { of: ['updatedAt', 'id'], template: '${updatedAt}#${id}' },
        ),
        /** The shop's jobs in one status. */
        inStatus: secondary(
          'gsi2',
          { of: ['status'], template: `SHOP#${shopId}#STATUS#\${status}` },
          { of: ['updatedAt', 'id'], template: '${updatedAt}#${id}' },
        ),
        /** One customer's jobs. */
        ofCustomer: secondary(
          'gsi3',
          { of: ['customerId'], template: `SHOP#${shopId}#CUSTOMER#\${customerId}#JOBS` },
          { of: ['updatedAt', 'id'], template: '${updatedAt}#${id}' },
        ),
      },
    },
    config,
  );

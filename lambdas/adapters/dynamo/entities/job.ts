import { Entity } from 'electrodb';
import { jobPaymentStates, statuses, templateNames, type Job } from '#domain/job/job.ts';
import { primary, secondary, withJob, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

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
        customer: { ...nested<Job['customer']>(), required: true },
        source: { type: ['portal', 'staff'] as const, required: true },
        delivery: { type: ['pickup', 'shipping'] as const, required: true },
        wantedBy: { type: 'string' },
        note: { type: 'string' },
        quote: nested<NonNullable<Job['quote']>>(),
        pictureSha256: { type: 'string' },
        agreedAt: { type: 'string' },
        payment: { type: jobPaymentStates, required: true },
        paidMinor: { type: 'number' },
        adjusted: nested<NonNullable<Job['adjusted']>>(),
        invoicedAt: { type: 'string' },
        returning: nested<NonNullable<Job['returning']>>(),
        kept: nested<NonNullable<Job['kept']>>(),
        termsWaived: { type: 'string' },
        po: nested<NonNullable<Job['po']>>(),
        salesperson: nested<NonNullable<Job['salesperson']>>(),
        promised: nested<NonNullable<Job['promised']>>(),
        spec: { type: 'string' },
        vendor: nested<NonNullable<Job['vendor']>>(),
        vendorPrice: nested<NonNullable<Job['vendorPrice']>>(),
        shipment: nested<NonNullable<Job['shipment']>>(),
        receivedBy: { type: 'string' },
        redoOf: { type: 'string' },
        reorderOf: { type: 'string' },
        undo: nested<NonNullable<Job['undo']>>(),
        flags: nested<NonNullable<Job['flags']>>(),
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

import { Entity } from 'electrodb';
import { invoiceStates, type Invoice } from '#domain/invoice/invoice.ts';
import { invoiceInBooks, primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const invoiceEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'invoice', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        quoteVersion: { type: 'number', required: true, padding: { length: 4, char: '0' } },
        jobNumber: { type: 'string', required: true },
        number: { type: 'string', required: true },
        customer: { ...nested<Invoice['customer']>(), required: true },
        /** Taken from the customer, who is text by then, whoever writes the row. */
        customerId: {
          type: 'string',
          watch: ['customer'],
          set: (_: unknown, { customer }: { customer: string }) =>
            (JSON.parse(customer) as Invoice['customer']).customerId,
        },
        currency: { type: 'string', required: true },
        lines: { ...nested<Invoice['lines']>(), required: true },
        subtotalMinor: { type: 'number', required: true },
        taxMinor: { type: 'number', required: true },
        totalMinor: { type: 'number', required: true },
        state: { type: invoiceStates, required: true },
        issuedAt: { type: 'string', required: true },
        dueAt: { type: 'string' },
        paidAt: { type: 'string' },
      },
      indexes: {
        /** The invoices of a job, oldest first; the key is what keeps it one per approved version. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['quoteVersion'], template: `${invoiceInBooks}\${quoteVersion}` },
        ),
        /** An invoice by its id alone. */
        byId: secondary(
          'gsi1',
          { of: ['id'], template: `SHOP#${shopId}#INVOICE#\${id}` },
          { of: [], template: 'INVOICE' },
        ),
        /** The shop's invoices by the day they were issued. */
        inPeriod: secondary(
          'gsi2',
          { of: [], template: `SHOP#${shopId}#INVOICES` },
          { of: ['issuedAt', 'id'], template: '${issuedAt}#${id}' },
        ),
        /** One customer's invoices. */
        ofCustomer: secondary(
          'gsi3',
          { of: ['customerId'], template: `SHOP#${shopId}#CUSTOMER#\${customerId}#INVOICES` },
          { of: ['issuedAt', 'id'], template: '${issuedAt}#${id}' },
        ),
      },
    },
    config,
  );

import { CustomAttributeType, Entity } from 'electrodb';
import type { Invoice } from '#domain/invoice/invoice.ts';
import { paymentStates } from '#domain/invoice/payment.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';

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
        customer: { type: CustomAttributeType<Invoice['customer']>('any'), required: true },
        /** Taken from the customer, whoever writes the row. */
        customerId: {
          type: 'string',
          watch: ['customer'],
          set: (_: unknown, { customer }: Pick<Invoice, 'customer'>) => customer.customerId,
        },
        currency: { type: 'string', required: true },
        lines: { type: CustomAttributeType<Invoice['lines']>('any'), required: true },
        subtotalMinor: { type: 'number', required: true },
        taxMinor: { type: 'number', required: true },
        totalMinor: { type: 'number', required: true },
        state: { type: ['open', 'paid'] as const, required: true },
        issuedAt: { type: 'string', required: true },
        paidAt: { type: 'string' },
      },
      indexes: {
        /** The invoices of a job, oldest first; the key is what keeps it one per approved version. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['quoteVersion'], template: 'INVOICE#${quoteVersion}' },
        ),
        /** An invoice by its id alone. */
        byId: secondary(
          'gsi1',
          { of: ['id'], template: `SHOP#${shopId}#INVOICE#\${id}` },
          { of: [], template: 'INVOICE' },
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

/** The payment page of an invoice: one at a time, numbered. */
export const paymentPageEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'paymentPage', version: '1', service: 'kerf' },
      attributes: {
        invoiceId: { type: 'string', required: true },
        number: { type: 'number', required: true },
        account: { type: 'string', required: true },
        returnPath: { type: 'string', required: true },
        /** The provider's; missing from the claim until the provider has answered. */
        sessionId: { type: 'string' },
      },
      indexes: {
        /** The newest payment page of an invoice. */
        ofInvoice: primary(
          { of: ['invoiceId'], template: `SHOP#${shopId}#INVOICE#\${invoiceId}` },
          { of: [], template: 'PAGE' },
        ),
      },
    },
    config,
  );

export const paymentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'payment', version: '1', service: 'kerf' },
      attributes: {
        /** The provider's own id: money that was reported twice is one row. */
        providerId: { type: 'string', required: true },
        invoiceId: { type: 'string', required: true },
        amountMinor: { type: 'number', required: true },
        currency: { type: 'string', required: true },
        state: { type: paymentStates, required: true },
        receivedAt: { type: 'string', required: true },
      },
      indexes: {
        /** The payments of an invoice. The provider's ids hold letters, digits and `_` only. */
        ofInvoice: primary(
          { of: ['invoiceId'], template: `SHOP#${shopId}#INVOICE#\${invoiceId}` },
          { of: ['providerId'], template: 'PAYMENT#${providerId}' },
        ),
      },
    },
    config,
  );

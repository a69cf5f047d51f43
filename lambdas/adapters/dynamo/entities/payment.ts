import { Entity } from 'electrodb';
import { paymentMethods, paymentStates } from '#domain/payment/payment.ts';
import { refundStates, refundWays } from '#domain/payment/refund.ts';
import { inBooks, primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const paymentEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'payment', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        /** The provider's id where there is one: money that was reported twice is one row. */
        key: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        invoiceId: { type: 'string' },
        method: { type: paymentMethods, required: true },
        amountMinor: { type: 'number', required: true },
        currency: { type: 'string', required: true },
        state: { type: paymentStates, required: true },
        receivedAt: { type: 'string', required: true },
        providerId: { type: 'string' },
        reference: { type: 'string' },
        note: { type: 'string' },
        recordedBy: { type: 'string' },
        failure: { type: 'string' },
      },
      indexes: {
        /** The payments of a job. The provider's ids hold letters, digits and `_` only. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['key'], template: `${inBooks}PAYMENT#\${key}` },
        ),
        /** A payment by the provider's id. */
        byKey: secondary(
          'gsi1',
          { of: ['key'], template: `SHOP#${shopId}#PAYMENT#\${key}` },
          { of: [], template: 'PAYMENT' },
        ),
        /** A payment by our own id. */
        byId: secondary(
          'gsi3',
          { of: ['id'], template: `SHOP#${shopId}#PAYMENTID#\${id}` },
          { of: [], template: 'PAYMENT' },
        ),
        /** The shop's payments by the day they came. */
        inPeriod: secondary(
          'gsi2',
          { of: [], template: `SHOP#${shopId}#PAYMENTS` },
          { of: ['receivedAt', 'id'], template: '${receivedAt}#${id}' },
        ),
      },
    },
    config,
  );

export const refundEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'refund', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        jobId: { type: 'string', required: true },
        paymentId: { type: 'string', required: true },
        amountMinor: { type: 'number', required: true },
        currency: { type: 'string', required: true },
        by: { type: refundWays, required: true },
        reference: { type: 'string' },
        reason: { type: 'string', required: true },
        state: { type: refundStates, required: true },
        askedAt: { type: 'string', required: true },
        askedBy: { type: 'string', required: true },
        settledAt: { type: 'string' },
        providerId: { type: 'string' },
        failure: { type: 'string' },
      },
      indexes: {
        /** What went back of a job's money, oldest first. */
        ofJob: primary(
          { of: ['jobId'], template: `SHOP#${shopId}#JOB#\${jobId}` },
          { of: ['id'], template: `${inBooks}REFUND#\${id}` },
        ),
        /** A refund by its id. */
        byId: secondary(
          'gsi1',
          { of: ['id'], template: `SHOP#${shopId}#REFUND#\${id}` },
          { of: [], template: 'REFUND' },
        ),
        /** What the shop returned, by the day it was asked for. */
        inPeriod: secondary(
          'gsi2',
          { of: [], template: `SHOP#${shopId}#REFUNDS` },
          { of: ['askedAt', 'id'], template: '${askedAt}#${id}' },
        ),
      },
    },
    config,
  );

/**
 * The newest try to take money online for an invoice or, before there is one, for a job: a payment page, or a charge of the
 * customer's stored method. One at a time, numbered.
 */
export const paymentTryEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'paymentTry', version: '1', service: 'kerf' },
      attributes: {
        /** The id of the invoice or job. */
        target: { type: 'string', required: true },
        number: { type: 'number', required: true },
        /** When it was claimed; rows from before this was kept have none. */
        at: { type: 'string' },
        account: { type: 'string', required: true },
        /** What the payer reads. */
        label: { type: 'string', required: true },
        amountMinor: { type: 'number', required: true },
        page: nested<{ returnPath: string; keepFor?: string | undefined }>(),
        charge: nested<{ methodId: string; customerId: string }>(),
        /** The provider's; missing from the claim until the provider has answered. */
        sessionId: { type: 'string' },
        /** How a charge ended. */
        outcome: { type: ['paid', 'pending', 'failed'] as const },
      },
      indexes: {
        /** The newest try to be paid for an invoice or a job. */
        ofTarget: primary(
          { of: ['target'], template: `SHOP#${shopId}#PAY#\${target}` },
          { of: [], template: 'TRY' },
        ),
      },
    },
    config,
  );

/** A card that a customer let the shop keep, as the provider knows it; never its number. */
export const storedMethodEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'storedMethod', version: '1', service: 'kerf' },
      attributes: {
        customerId: { type: 'string', required: true },
        account: { type: 'string', required: true },
        /** Who the customer is at the provider. */
        providerCustomerId: { type: 'string', required: true },
        /** None when it was removed, or not kept yet. */
        method: nested<{
          id: string;
          brand: string;
          last4: string;
          expires: string;
          agreedAt: string;
        }>(),
        version: { type: 'number', required: true },
      },
      indexes: {
        /** The stored method of a customer. */
        ofCustomer: primary(
          { of: ['customerId'], template: `SHOP#${shopId}#CUSTOMER#\${customerId}` },
          { of: [], template: 'METHOD' },
        ),
      },
    },
    config,
  );

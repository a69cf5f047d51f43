import { Entity } from 'electrodb';
import type { Customer, PriceTerms } from '#domain/customer/customer.ts';
import { primary, secondary, type EntityConfig } from '../keys.ts';
import { nested } from '../nested.ts';

export const customerEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'customer', version: '1', service: 'kerf' },
      attributes: {
        id: { type: 'string', required: true },
        name: { type: 'string', required: true },
        email: { type: 'string', required: true },
        company: { type: 'string' },
        phone: { type: 'string' },
        billingContact: nested<NonNullable<Customer['billingContact']>>(),
        addresses: nested<NonNullable<Customer['addresses']>>(),
        priceTerms: nested<PriceTerms>(),
        note: { type: 'string' },
        archivedAt: { type: 'string' },
        version: { type: 'number' },
        createdAt: { type: 'string', required: true },
      },
      indexes: {
        /** A customer by id. */
        byId: primary(
          { of: ['id'], template: `SHOP#${shopId}#CUSTOMER#\${id}` },
          { of: [], template: 'CUSTOMER' },
        ),
        /** The shop's customers, newest first. */
        recent: secondary(
          'gsi1',
          { of: [], template: `SHOP#${shopId}#CUSTOMERS` },
          { of: ['createdAt', 'id'], template: '${createdAt}#${id}' },
        ),
      },
    },
    config,
  );

/** One row per address, so that two customers of a shop can not share one. The address enters the key as its hash. */
export const customerAddressEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'customerAddress', version: '1', service: 'kerf' },
      attributes: {
        emailHash: { type: 'string', required: true },
        customerId: { type: 'string', required: true },
      },
      indexes: {
        /** A customer by e-mail address. */
        byEmail: primary(
          { of: ['emailHash'], template: `SHOP#${shopId}#EMAIL#\${emailHash}` },
          { of: [], template: 'EMAIL' },
        ),
      },
    },
    config,
  );

/** A sign-in code on its way to a customer. */
export const signInCodeEntity = (config: EntityConfig, shopId: string) =>
  new Entity(
    {
      model: { entity: 'signInCode', version: '1', service: 'kerf' },
      attributes: {
        emailHash: { type: 'string', required: true },
        codeHash: { type: 'string', required: true },
        expiresAt: { type: 'string', required: true },
        wrongTries: { type: 'number', required: true },
        /** Codes asked for within the window that began at `windowFrom`; wrong tries are counted over it too. */
        asked: { type: 'number', required: true },
        windowFrom: { type: 'string', required: true },
        ttl: { type: 'number', required: true },
      },
      indexes: {
        /** The code an address waits for. */
        byEmail: primary(
          { of: ['emailHash'], template: `SHOP#${shopId}#CODE#\${emailHash}` },
          { of: [], template: 'CODE' },
        ),
      },
    },
    config,
  );

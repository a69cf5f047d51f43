import * as z from 'zod';
import { id } from './ids.ts';

/** Headers of requests beside the credential; which a route has follows from its definition. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,200}$/, '8 to 200 visible ASCII characters.')
  .describe('A fresh random value per intention; a repeat gets the first answer.');

export const ifMatch = z
  .string()
  .regex(/^(?:\d{1,9}|"\d{1,9}")$/)
  .describe('The version the edit was made on.');

export const kerfShop = id('shop')
  .optional()
  .describe(
    'The shop that a member of staff works for. Customers and mailed links belong to theirs already.',
  );

export const stripeSignature = z.string().describe("Stripe's signature of the body.");
